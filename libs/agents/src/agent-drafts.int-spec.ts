// Real: HTTP, validation, tenancy, Postgres. Replaced: signing in.
import { AgentsClient } from './testing/agents.client.js';
import type { DomainApp } from '../../auth/src/testing/domain-app.js';
import { startAgentsApp } from './testing/agents-test-app.js';
import { brokenGraph, newGraph } from './testing/graph.factory.js';

describe('The draft of an agent', () => {
  let app: DomainApp;
  beforeAll(async () => {
    app = await startAgentsApp();
  });
  afterAll(() => app.stop());

  const newClient = async (): Promise<AgentsClient> => new AgentsClient(app, await app.newPerson());

  it('comes back exactly as it was saved, with the next revision', async () => {
    const client = await newClient();
    const id = await client.create();
    const saved = await client.saveDraft(id, newGraph(), { 'if-match': '"1"' });
    expect(saved.status).toBe(200);
    expect(saved.headers['etag']).toBe('"2"');
    expect(saved.body).toEqual({ graph: newGraph(), revision: 2, updatedAt: expect.any(String), problems: [] });
    const read = await client.send('get', `/agents/${id}/draft`);
    expect(read.headers['etag']).toBe('"2"');
    expect(read.body).toEqual(saved.body);
  });

  it('is kept when it is wrong; the answer names each problem in the body and the tag to go on with', async () => {
    const client = await newClient();
    const id = await client.create();
    const saved = await client.saveDraft(id, brokenGraph(), { 'if-match': '"1"' });
    expect(saved.status).toBe(422);
    expect(saved.headers['content-type']).toContain('application/problem+json');
    expect(saved.headers['etag']).toBe('"2"');
    expect(saved.body).toMatchObject({
      code: 'agent.draft_invalid',
      errors: [{ pointer: '/nodes/1/kind', code: 'graph.unknown_kind' }],
    });
    const read = await client.send('get', `/agents/${id}/draft`);
    expect(read.body).toMatchObject({ graph: brokenGraph(), revision: 2, problems: [{ pointer: '/nodes/1/kind' }] });
    expect((await client.saveDraft(id, newGraph(), { 'if-match': '"2"' })).status).toBe(200);
  });

  it('is not overwritten by somebody who read an older one', async () => {
    const client = await newClient();
    const id = await client.create();
    await client.saveDraft(id, newGraph('first'), { 'if-match': '"1"' });
    const lost = await client.saveDraft(id, newGraph('second'), { 'if-match': '"1"' });
    expect(lost.status).toBe(412);
    expect(lost.body.code).toBe('agent.draft.changed');
    expect((await client.send('get', `/agents/${id}/draft`)).body.graph).toEqual(newGraph('first'));
  });

  it('is saved once when several save the same revision at the same moment', async () => {
    const client = await newClient();
    const id = await client.create();
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((word) => client.saveDraft(id, newGraph(word), { 'if-match': '"1"' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  });

  it.each([
    ['a list', [], ''],
    ['an empty object', {}, '/nodes'],
    ['nodes that are no list', { nodes: 'x', edges: [] }, '/nodes'],
    ['a node that is null', { nodes: [null], edges: [] }, '/nodes/0'],
    ['a node without configuration', { nodes: [{ id: 'a', kind: 'start' }], edges: [] }, '/nodes/0/config'],
    ['an edge without an end', { nodes: [], edges: [{ from: 'a' }] }, '/edges/0/to'],
  ])('is not replaced by %s, which nobody could draw', async (_what, body, pointer) => {
    const client = await newClient();
    const id = await client.create();
    const refused = await client.saveDraft(id, body);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: 'agent.not_a_graph' });
    expect(refused.body.errors.map(({ pointer }) => pointer)).toContain(pointer);
    expect((await client.send('get', `/agents/${id}/draft`)).body.revision).toBe(1);
  });

  it('has a limit to its size', async () => {
    const client = await newClient();
    const id = await client.create();
    const graph = newGraph('x'.repeat(600_000));
    const refused = await client.saveDraft(id, graph);
    expect(refused.status).toBe(413);
    expect(refused.body.code).toBe('agent.graph_too_large');
  });

  it('keeps names that mean something in JavaScript as plain data', async () => {
    const client = await newClient();
    const id = await client.create();
    const text = JSON.stringify(brokenGraph()).replace(
      '"config":{}',
      '"config":{"__proto__":{"polluted":1},"constructor":"x"}',
    );
    await client.saveDraft(id, JSON.parse(text) as object);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    const read = await client.send('get', `/agents/${id}/draft`);
    expect(Object.keys(read.body.graph.nodes[0]?.config ?? {})).toEqual(['__proto__', 'constructor']);
  });

  it('validates a graph without keeping it, and the draft when none is sent', async () => {
    const client = await newClient();
    const id = await client.create();
    const other = await client.send('post', `/agents/${id}/validate`, brokenGraph());
    expect(other.status).toBe(200);
    expect(other.body.problems).toMatchObject([{ pointer: '/nodes/1/kind', nodeId: 'greet' }]);
    expect((await client.send('post', `/agents/${id}/validate`)).body).toEqual({ problems: [] });
    expect((await client.send('post', `/agents/${id}/validate`, {})).body).toEqual({ problems: [] });
  });

  it('can be put back to an earlier version, unless somebody saved meanwhile', async () => {
    const client = await newClient();
    const id = await client.create('Support', newGraph('one'));
    await client.publish(id);
    await client.saveDraft(id, newGraph('two'));
    const lost = await client.send('post', `/agents/${id}/versions/1/restore`, undefined, { 'if-match': '"1"' });
    expect(lost.status).toBe(412);
    const restored = await client.send('post', `/agents/${id}/versions/1/restore`, undefined, { 'if-match': '"2"' });
    expect(restored.status).toBe(200);
    expect(restored.headers['etag']).toBe('"3"');
    expect(restored.body.graph).toEqual(newGraph('one'));
    expect((await client.send('get', `/agents/${id}`)).body.hasUnpublishedChanges).toBe(false);
    expect((await client.send('post', `/agents/${id}/versions/9/restore`)).body.code).toBe('agent_version.not_found');
  });
});
