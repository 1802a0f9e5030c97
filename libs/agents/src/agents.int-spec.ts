// Real: HTTP, validation, tenancy, Postgres. Replaced: signing in.
import { AgentsClient } from './testing/agents.client.js';
import type { DomainApp } from '../../auth/src/testing/domain-app.js';
import { startAgentsApp } from './testing/agents-test-app.js';
import { brokenGraph } from './testing/graph.factory.js';

describe('Agents over the API', () => {
  let app: DomainApp;
  beforeAll(async () => {
    app = await startAgentsApp();
  });
  afterAll(() => app.stop());

  const newClient = async (): Promise<AgentsClient> => new AgentsClient(app, await app.newPerson());

  it('creates an agent whose draft is right and can be published at once', async () => {
    const client = await newClient();
    const created = await client.send('post', '/agents', { name: '  Support  ', description: 'Sorts tickets' });
    expect(created.status).toBe(201);
    expect(created.headers['etag']).toBe('"1"');
    expect(created.body).toMatchObject({
      name: 'Support',
      description: 'Sorts tickets',
      publishedVersion: null,
      hasUnpublishedChanges: true,
      archivedAt: null,
    });
    expect((await client.send('get', `/agents/${created.body.id}/draft`)).body.problems).toEqual([]);
    expect((await client.publish(created.body.id)).status).toBe(201);
    expect((await client.send('get', `/agents/${created.body.id}`)).body).toMatchObject({
      publishedVersion: 1,
      hasUnpublishedChanges: false,
    });
  });

  it('does not create an agent with a wrong graph, and points below /graph', async () => {
    const client = await newClient();
    const refused = await client.send('post', '/agents', { name: 'Wrong', graph: brokenGraph() });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      code: 'agent.graph_invalid',
      errors: [{ pointer: '/graph/nodes/1/kind', code: 'graph.unknown_kind' }],
    });
    expect((await client.send('get', '/agents')).body.data).toEqual([]);
  });

  it.each([
    [{}, '/name'],
    [{ name: '' }, '/name'],
    [{ name: 'a'.repeat(121) }, '/name'],
    [{ name: 'a\0b' }, '/name'],
    [{ name: 'a', description: null }, '/description'],
    [{ name: 'a', id: '0190f2a4-0000-7000-8000-000000000000' }, '/id'],
    [{ name: 'a', orgId: '0190f2a4-0000-7000-8000-000000000000' }, '/orgId'],
    [{ name: 'a', createdAt: '2026-01-01' }, '/createdAt'],
  ])('refuses to create from %j', async (body, pointer) => {
    const refused = await (await newClient()).send('post', '/agents', body);
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('creates once for one Idempotency-Key', async () => {
    const client = await newClient();
    const headers = { 'idempotency-key': 'only-once' };
    const first = await client.send('post', '/agents', { name: 'Once' }, headers);
    const second = await client.send('post', '/agents', { name: 'Once' }, headers);
    expect(second.body).toEqual(first.body);
    expect(second.headers).toMatchObject({ 'idempotent-replayed': 'true', etag: '"1"' });
    expect((await client.send('get', '/agents')).body.data).toHaveLength(1);
  });

  it('pages through all agents, newest first, each once', async () => {
    const client = await newClient();
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.unshift(await client.create(`Agent ${index}`));
    const seen: string[] = [];
    for (let path = '/agents?limit=2'; path !== '';) {
      const { body } = await client.send('get', path);
      seen.push(...body.data.map(({ id }) => id));
      path = body.hasMore ? `/agents?limit=2&cursor=${encodeURIComponent(body.nextCursor)}` : '';
    }
    expect(seen).toEqual(ids);
  });

  it('does not take the cursor of another organisation', async () => {
    const [mine, theirs] = [await newClient(), await newClient()];
    await mine.create();
    await mine.create();
    const { nextCursor } = (await mine.send('get', '/agents?limit=1')).body;
    expect((await theirs.send('get', `/agents?cursor=${encodeURIComponent(nextCursor)}`)).status).toBe(400);
  });

  it('finds agents by a part of their name, taking % and _ as they are', async () => {
    const client = await newClient();
    await client.create('100 % sure');
    await client.create('1000 sure');
    const names = async (search: string): Promise<string[]> =>
      (await client.send('get', `/agents?search=${encodeURIComponent(search)}`)).body.data.map(({ name }) => name);
    expect(await names('SURE')).toEqual(['1000 sure', '100 % sure']);
    expect(await names('0 %')).toEqual(['100 % sure']);
    expect(await names('_')).toEqual([]);
  });

  it('changes the name only when nobody else has changed it since', async () => {
    const client = await newClient();
    const id = await client.create('Before');
    const changed = await client.send('patch', `/agents/${id}`, { name: 'After' }, { 'if-match': '"1"' });
    expect(changed.status).toBe(200);
    expect(changed.headers['etag']).toBe('"2"');
    expect(changed.body).toMatchObject({ name: 'After', description: '' });
    for (const stale of ['"1"', '"never"']) {
      const lost = await client.send('patch', `/agents/${id}`, { name: 'Lost' }, { 'if-match': stale });
      expect(lost.status).toBe(412);
      expect(lost.body.code).toBe('agent.changed');
    }
    expect((await client.send('get', `/agents/${id}`)).body.name).toBe('After');
  });

  it('archives out of the list and takes back into use', async () => {
    const client = await newClient();
    const id = await client.create();
    expect((await client.send('delete', `/agents/${id}`)).status).toBe(204);
    expect((await client.send('delete', `/agents/${id}`)).status).toBe(204);
    expect((await client.send('get', '/agents')).body.data).toEqual([]);
    expect((await client.send('get', '/agents?archived=true')).body.data).toHaveLength(1);
    expect((await client.send('patch', `/agents/${id}`, { name: 'x' })).body.code).toBe('agent.archived');
    expect((await client.publish(id)).body.code).toBe('agent.archived');
    const back = await client.send('post', `/agents/${id}/unarchive`);
    expect(back.status).toBe(200);
    expect(back.body.archivedAt).toBeNull();
    expect((await client.publish(id)).status).toBe(201);
  });

  it('duplicates the draft, right or wrong, as an unpublished agent', async () => {
    const client = await newClient();
    const id = await client.create('Original');
    await client.publish(id);
    await client.saveDraft(id, brokenGraph());
    const copy = await client.send('post', `/agents/${id}/duplicate`);
    expect(copy.status).toBe(201);
    expect(copy.body).toMatchObject({ name: 'Original (copy)', publishedVersion: null, hasUnpublishedChanges: true });
    expect((await client.send('get', `/agents/${copy.body.id}/draft`)).body.graph).toEqual(brokenGraph());
    expect((await client.send('post', `/agents/${id}/duplicate`, { name: 'Twin' })).body.name).toBe('Twin');
  });

  it("answers another organisation's agent like one that never was, on every route", async () => {
    const [mine, theirs] = [await newClient(), await newClient()];
    const id = await theirs.create();
    await theirs.publish(id);
    const routes = [
      ['get', '', undefined],
      ['patch', '', { name: 'Mine now' }],
      ['delete', '', undefined],
      ['post', '/unarchive', undefined],
      ['post', '/duplicate', {}],
      ['get', '/draft', undefined],
      ['put', '/draft', { nodes: [], edges: [] }],
      ['post', '/validate', {}],
      ['post', '/publish', {}],
      ['get', '/versions', undefined],
      ['get', '/versions/1', undefined],
      ['get', '/versions/1/diff/draft', undefined],
      ['post', '/versions/1/restore', undefined],
      ['get', '/export', undefined],
    ] as const;
    for (const [method, route, body] of routes) {
      const answers = [];
      for (const target of [id, '0190f2a4-0000-7000-8000-000000000000', 'not-an-id']) {
        const { status, body: problem } = await mine.send(method, `/agents/${target}${route}`, body);
        answers.push({ status, ...problem, requestId: '' });
      }
      expect({ route, ...answers[0] }).toMatchObject({
        route,
        status: 404,
        detail: expect.stringContaining('There is no such agent'),
      });
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
    }
    expect((await theirs.send('get', `/agents/${id}`)).body).toMatchObject({ name: 'Support', archivedAt: null });
  });

  it('lists the kinds of nodes with a schema for their forms', async () => {
    const { body } = await (await newClient()).send('get', '/node-kinds');
    expect(body.data.map(({ kind }) => kind)).toContain('llm');
    expect(body.data[0]).toMatchObject({
      configSchema: expect.any(Object),
      title: expect.any(String),
      effect: expect.any(String),
    });
  });
});
