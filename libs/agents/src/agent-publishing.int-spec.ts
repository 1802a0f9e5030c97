// Real: HTTP, validation, tenancy, Postgres. Replaced: signing in.
import { AgentVersions } from './agent-versions.js';
import { AgentsClient } from './testing/agents.client.js';
import type { DomainApp, DomainPerson } from '../../auth/src/testing/domain-app.js';
import { startAgentsApp } from './testing/agents-test-app.js';
import { brokenGraph, newGraph } from './testing/graph.factory.js';

describe('Publishing an agent', () => {
  let app: DomainApp;
  let person: DomainPerson;
  let client: AgentsClient;
  beforeAll(async () => {
    app = await startAgentsApp();
  });
  beforeEach(async () => {
    person = await app.newPerson();
    client = new AgentsClient(app, person);
  });
  afterAll(() => app.stop());

  it('makes versions 1, 2, 3 that never change', async () => {
    const id = await client.create('Support', newGraph('one'));
    const first = await client.publish(id, 'The first');
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      number: 1,
      note: 'The first',
      graph: newGraph('one'),
      graphHash: expect.any(String),
      createdAt: expect.any(String),
      createdBy: { id: person.userId, name: 'Ada Okafor' },
    });
    await client.saveDraft(id, newGraph('two'));
    expect((await client.publish(id)).body).toMatchObject({ number: 2, note: '' });
    expect((await client.send('get', `/agents/${id}/versions/1`)).body).toEqual(first.body);
    const list = await client.send('get', `/agents/${id}/versions`);
    expect(list.body.data.map(({ number }) => number)).toEqual([2, 1]);
    expect(list.body.data[0]).not.toHaveProperty('graph');
  });

  it('refuses a draft that is wrong, and one that does the same as the latest version', async () => {
    const id = await client.create('Support', newGraph());
    await client.publish(id);
    const same = await client.publish(id);
    expect(same.status).toBe(409);
    expect(same.body.code).toBe('agent.nothing_to_publish');
    await client.saveDraft(id, brokenGraph());
    const wrong = await client.publish(id);
    expect(wrong.status).toBe(422);
    expect(wrong.body).toMatchObject({ code: 'agent.graph_invalid', errors: [{ pointer: '/nodes/1/kind' }] });
    expect((await client.send('get', `/agents/${id}`)).body.publishedVersion).toBe(1);
  });

  it('gives one number to one of several who publish at the same moment', async () => {
    const id = await client.create();
    const answers = await Promise.all(Array.from({ length: 6 }, () => client.publish(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect((await client.send('get', `/agents/${id}/versions`)).body.data).toHaveLength(1);
  });

  it('pages through versions', async () => {
    const id = await client.create();
    for (const word of ['a', 'b', 'c']) {
      await client.saveDraft(id, newGraph(word));
      await client.publish(id);
    }
    const first = await client.send('get', `/agents/${id}/versions?limit=2`);
    expect(first.body).toMatchObject({ hasMore: true, data: [{ number: 3 }, { number: 2 }] });
    const second = await client.send(
      'get',
      `/agents/${id}/versions?limit=2&cursor=${encodeURIComponent(first.body.nextCursor)}`,
    );
    expect(second.body).toMatchObject({ hasMore: false, nextCursor: null, data: [{ number: 1 }] });
  });

  it('shows what changed between versions, and from a version to the draft', async () => {
    const id = await client.create();
    await client.publish(id);
    await client.saveDraft(id, newGraph());
    const diff = await client.send('get', `/agents/${id}/versions/1/diff/draft`);
    expect(diff.status).toBe(200);
    expect(diff.body).toMatchObject({ from: 1, to: 'draft' });
    expect(diff.body.changes).toContainEqual(expect.objectContaining({ kind: 'node-added', nodeId: 'greet' }));
    await client.publish(id);
    expect((await client.send('get', `/agents/${id}/versions/1/diff/2`)).body.changes).toEqual(diff.body.changes);
    expect((await client.send('get', `/agents/${id}/versions/2/diff/2`)).body.changes).toEqual([]);
  });

  it.each(['0', '-1', '1.5', 'abc', '99999999999', '2', '__proto__'])('has no version "%s"', async (number) => {
    const id = await client.create();
    await client.publish(id);
    const answer = await client.send('get', `/agents/${id}/versions/${number}`);
    expect(answer.status).toBe(404);
    expect(answer.body.code).toBe('agent_version.not_found');
  });

  it('keeps a graph of a thousand nodes', async () => {
    const middle = Array.from({ length: 1_000 }, (_, index) => ({
      id: `n${index}`,
      kind: 'transform',
      config: { expression: '1' },
    }));
    const graph = {
      nodes: [{ id: 'start', kind: 'start', config: {} }, ...middle, { id: 'output', kind: 'output', config: {} }],
      edges: middle.flatMap(({ id }) => [
        { from: 'start', to: id },
        { from: id, to: 'output' },
      ]),
    };
    const id = await client.create('Large', graph);
    const published = await client.publish(id);
    expect(published.status).toBe(201);
    expect(published.body.graph).toEqual(graph);
  });

  describe('decides what starts', () => {
    const resolve = (id: string, version?: number): ReturnType<AgentVersions['resolve']> =>
      app.as(person, () => app.get(AgentVersions).resolve(id, version));

    it('runs the latest version, at once after it was published, and a pinned one for as long as it is asked for', async () => {
      const id = await client.create('Support', newGraph('one'));
      await expect(resolve(id)).rejects.toMatchObject({ code: 'agent.not_published', kind: 'conflict' });
      await client.publish(id);
      const first = await resolve(id);
      expect(first).toMatchObject({ agentId: id, agentName: 'Support', version: 1 });
      await client.saveDraft(id, newGraph('two'));
      await client.publish(id);
      expect((await resolve(id)).version).toBe(2);
      const pinned = await resolve(id, 1);
      expect(pinned.versionId).toBe(first.versionId);
      expect(pinned.plan).toBe(first.plan);
      await expect(resolve(id, 3)).rejects.toMatchObject({ code: 'agent_version.not_found' });
    });

    it('refuses an archived agent at once, but still knows the plan of a run that was accepted before', async () => {
      const id = await client.create();
      await client.publish(id);
      const { versionId, plan } = await resolve(id);
      await client.send('delete', `/agents/${id}`);
      await expect(resolve(id)).rejects.toMatchObject({ code: 'agent.archived' });
      await expect(app.as(person, () => app.get(AgentVersions).planByVersionId(versionId))).resolves.toBe(plan);
    });

    it('gives nothing of another organisation, not even from what is already in memory', async () => {
      const id = await client.create();
      await client.publish(id);
      const { versionId } = await resolve(id);
      const stranger = await app.newPerson();
      const versions = app.get(AgentVersions);
      await expect(app.as(stranger, () => versions.resolve(id))).rejects.toMatchObject({ code: 'agent.not_found' });
      await expect(app.as(stranger, () => versions.planByVersionId(versionId))).rejects.toMatchObject({
        code: 'agent_version.not_found',
      });
      await expect(app.as(stranger, () => versions.graphByVersion(versionId))).rejects.toMatchObject({
        code: 'agent_version.not_found',
      });
    });
  });
});
