// Real: HTTP, validation, tenancy, Postgres. Replaced: signing in.
import { AgentsClient } from './testing/agents.client.js';
import type { DomainApp } from '../../auth/src/testing/domain-app.js';
import { startAgentsApp } from './testing/agents-test-app.js';
import { brokenGraph, newGraph } from './testing/graph.factory.js';

const CREDENTIAL = '0190f2a4-5b6c-7000-8000-00000000abcd';

function graphWithSecrets(): object {
  const { nodes, edges } = newGraph();
  const call = {
    id: 'greet',
    kind: 'http',
    config: {
      method: 'POST',
      url: 'https://api.example.com/v1?token=tok_live_1234',
      headers: { Authorization: 'Bearer abcdefghijkl', Accept: 'application/json' },
      credentialId: CREDENTIAL,
    },
  };
  return { nodes: nodes.map((node) => (node.id === 'greet' ? call : node)), edges };
}

describe('Agents as files', () => {
  let app: DomainApp;
  beforeAll(async () => {
    app = await startAgentsApp();
  });
  afterAll(() => app.stop());

  const newClient = async (): Promise<AgentsClient> => new AgentsClient(app, await app.newPerson());
  const file = (changes: object = {}): object => ({
    format: 'agentflow/agent',
    formatVersion: 1,
    name: 'Imported',
    graph: newGraph(),
    ...changes,
  });

  it('move to another organisation and are the same there', async () => {
    const [here, there] = [await newClient(), await newClient()];
    const id = await here.create('Traveller', newGraph());
    const exported = await here.send('get', `/agents/${id}/export`);
    expect(exported.status).toBe(200);
    expect(exported.headers['content-disposition']).toContain('attachment');
    expect(exported.body).toEqual({
      format: 'agentflow/agent',
      formatVersion: 1,
      name: 'Traveller',
      description: '',
      graph: newGraph(),
      stripped: [],
    });
    const imported = await there.send('post', '/agents/import', exported.body);
    expect(imported.status).toBe(201);
    expect(imported.body).toMatchObject({ name: 'Traveller', publishedVersion: null, stripped: [] });
    expect((await there.send('get', `/agents/${imported.body.id}/draft`)).body.graph).toEqual(newGraph());
  });

  it('leave secrets and ids of the organisation behind, and say which', async () => {
    const client = await newClient();
    const id = await client.create();
    await client.saveDraft(id, graphWithSecrets());
    const { body, text } = await client.send('get', `/agents/${id}/export`);
    for (const secret of ['tok_live_1234', 'abcdefghijkl', CREDENTIAL, id]) expect(text).not.toContain(secret);
    expect(body.graph.nodes[1]?.config['headers']).toEqual({ Accept: 'application/json' });
    expect(body.stripped).toEqual([
      { pointer: '/graph/nodes/1/config/url', reason: 'secret' },
      { pointer: '/graph/nodes/1/config/headers/Authorization', reason: 'secret' },
      { pointer: '/graph/nodes/1/config/credentialId', reason: 'organisation-id' },
    ]);
  });

  it('bring no reference into another organisation with them', async () => {
    const client = await newClient();
    const imported = await client.send('post', '/agents/import', file({ graph: graphWithSecrets() }));
    expect(imported.status).toBe(201);
    expect(imported.body.stripped).toEqual([
      { pointer: '/graph/nodes/1/config/credentialId', reason: 'organisation-id' },
    ]);
    const { body } = await client.send('get', `/agents/${imported.body.id}/draft`);
    expect(body.graph.nodes[1]?.config).not.toHaveProperty('credentialId');
  });

  it.each([
    [[], ''],
    [{}, '/format'],
    [file({ format: 'n8n/workflow' }), '/format'],
    [file({ formatVersion: 2 }), '/formatVersion'],
    [file({ name: '' }), '/name'],
    [file({ name: 'a\0' }), '/name'],
    [file({ graph: undefined }), '/graph'],
    [file({ graph: { nodes: {} } }), '/graph/nodes'],
    [file({ graph: brokenGraph() }), '/graph/nodes/1/kind'],
    [file({ orgId: CREDENTIAL }), '/orgId'],
    [file({ createdAt: '2026-01-01' }), '/createdAt'],
  ])('are refused with a pointer when they are wrong: %j', async (body, pointer) => {
    const client = await newClient();
    const refused = await client.send('post', '/agents/import', body);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ pointer }) => pointer)).toContain(pointer);
    expect((await client.send('get', '/agents')).body.data).toEqual([]);
  });
});
