import type { ApiClient } from '../support/clients/api.client.js';
import { chain } from '../support/graphs/chain.js';
import { greeting } from '../support/graphs/greeting.js';
import { newOrg } from '../support/new-org.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

/** Real: every process and store. */
describe('versions of an agent', () => {
  let agentflow: AgentFlow;
  let client: ApiClient;

  beforeAll(async () => {
    agentflow = await startAgentFlow();
    client = agentflow.client;
  });

  afterAll(() => agentflow?.stop());

  it('runs the latest version, and an older one when it is pinned', async () => {
    const id = await client.agents.publishNew(greeting('Hello'));
    await client.agents.draw(id, greeting('Welcome'));
    const input = { name: 'Ada' };
    expect(await client.executions.run({ agentId: id, input })).toMatchObject({
      version: 1,
      output: { greeting: 'Hello, Ada' },
    });

    expect(await client.agents.publish(id, 'Warmer')).toMatchObject({ number: 2, note: 'Warmer' });
    expect(await client.executions.run({ agentId: id, input })).toMatchObject({
      version: 2,
      output: { greeting: 'Welcome, Ada' },
    });
    expect(await client.executions.run({ agentId: id, input, version: 1 })).toMatchObject({
      version: 1,
      output: { greeting: 'Hello, Ada' },
    });
    expect(await client.executions.tryStart({ agentId: id, input, version: 3 })).toMatchObject({ status: 404 });
    expect((await client.agents.versions(id)).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('says what changed between two versions, and between a version and the draft', async () => {
    const id = await client.agents.publishNew(greeting('Hello'));
    await client.agents.draw(id, greeting('Welcome'));
    expect(await client.agents.changes(id, 1, 'draft')).toEqual([
      {
        kind: 'node-changed',
        nodeId: 'greet',
        fields: [
          { pointer: '/config/expression', before: '"Hello, " & input.name', after: '"Welcome, " & input.name' },
        ],
      },
    ]);

    await client.agents.draw(id, chain([]));
    await client.agents.publish(id);
    const kinds = (await client.agents.changes(id, 1, 2)).map(({ kind, nodeId }) => `${kind} ${nodeId ?? ''}`.trim());
    expect(kinds).toEqual(expect.arrayContaining(['node-removed greet', 'edge-added', 'edge-removed']));
    expect(await client.agents.changes(id, 2, 2)).toEqual([]);
  });

  it('restores an old version into the draft and publishes it as a new one', async () => {
    const id = await client.agents.publishNew(greeting('First'));
    await client.agents.draw(id, greeting('Second'));
    await client.agents.publish(id);

    expect((await client.agents.restore(id, 1)).graph).toMatchObject(greeting('First'));
    expect(await client.agents.get(id)).toMatchObject({ publishedVersion: 2, hasUnpublishedChanges: true });
    const third = await client.agents.publish(id, 'Back');
    expect(third.number).toBe(3);
    const [latest, , oldest] = await client.agents.versions(id);
    expect(latest?.graphHash).toBe(oldest?.graphHash);
    expect(await client.agents.version(id, 2)).toMatchObject({ number: 2, graph: greeting('Second') });
  });

  it('does not publish the same twice', async () => {
    const id = await client.agents.publishNew(greeting());
    const answer = await client.http.send('POST', `/agents/${id}/publish`, {});
    expect(answer).toMatchObject({ status: 409, body: { code: 'agent.nothing_to_publish' } });
  });

  it('refuses to save over what somebody else saved meanwhile', async () => {
    const { id } = await client.agents.create('Two people');
    const read = await client.http.send('GET', `/agents/${id}/draft`);
    const match = { 'if-match': read.headers.get('etag') ?? '' };
    expect((await client.agents.tryDraw(id, greeting('Mine'), match)).status).toBe(200);
    expect(await client.agents.tryDraw(id, greeting('Yours'), match)).toMatchObject({ status: 412 });
    expect((await client.agents.draft(id)).graph).toMatchObject(greeting('Mine'));
  });

  it('duplicates an agent into one of its own', async () => {
    const id = await client.agents.publishNew(greeting(), 'Original');
    const copy = await client.agents.duplicate(id);
    expect(copy).toMatchObject({ publishedVersion: null });
    expect(copy.id).not.toBe(id);
    expect((await client.agents.draft(copy.id)).graph).toEqual((await client.agents.draft(id)).graph);
    await client.agents.draw(copy.id, chain([]));
    expect((await client.agents.draft(id)).graph).toMatchObject(greeting());
  });

  it('takes an agent to another organisation as a file without secrets', async () => {
    const graph = chain([
      {
        id: 'call',
        kind: 'http',
        config: { method: 'GET', url: 'https://example.com', headers: { Authorization: 'Bearer planted-secret-4711' } },
      },
    ]);
    const id = await client.agents.publishNew(graph, 'Traveller');
    const file = await client.agents.export(id);
    expect(JSON.stringify(file)).not.toContain('planted-secret-4711');

    const { owner } = await newOrg(agentflow.url, 'Importer');
    const imported = await owner.agents.import(file);
    expect(imported.name).toBe('Traveller');
    expect((await owner.agents.draft(imported.id)).graph.nodes.map((node) => node.id)).toEqual([
      'start',
      'call',
      'out',
    ]);
    const broken = await owner.http.send('POST', '/agents/import', { ...file, format: 'something-else' });
    expect(broken).toMatchObject({ status: 422, body: { code: 'agent.file_invalid' } });
  });
});
