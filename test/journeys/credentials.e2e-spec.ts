import { randomUUID } from 'node:crypto';
import { startHttp, type LoopbackServer } from '../../libs/platform/src/egress/testing/loopback-server.js';
import { OrgDatabase } from '#tenancy';
import type { ApiClient } from '../support/clients/api.client.js';
import type { Graph } from '../support/clients/agents.client.js';
import { chain } from '../support/graphs/chain.js';
import { newMember, newOrg } from '../support/new-org.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';

const SECRET = 'canary-4c1d9e77f2aa-planted';

/** Real: API, worker, stores and the egress door, in one process. Services are servers of the test's own. */
describe('credentials', () => {
  let running: InProcess;
  let service: LoopbackServer;
  let canary: LoopbackServer;
  let owner: ApiClient;
  const atService: (string | undefined)[] = [];
  const atCanary: (string | undefined)[] = [];

  beforeAll(async () => {
    canary = await startHttp((request, response) => {
      atCanary.push(request.headers.authorization);
      response.end('{}');
    });
    service = await startHttp((request, response) => {
      atService.push(request.headers.authorization);
      if (request.url === '/away') return void response.writeHead(302, { location: `${canary.url}/caught` }).end();
      // As careless as services can be.
      const status = request.url === '/refuses' ? 401 : 200;
      response.writeHead(status, { 'content-type': 'application/json', 'x-echo': request.headers.authorization ?? '' });
      response.end(JSON.stringify({ headers: request.headers }));
    });
    running = await startInProcess(undefined, { EGRESS_ALLOW_CIDRS: '127.0.0.1/32' });
  });

  afterAll(async () => {
    await running?.stop();
    await Promise.all([service?.close(), canary?.close()]);
  });

  beforeEach(async () => {
    owner = (await newOrg(running.url)).owner;
    atService.length = 0;
    atCanary.length = 0;
  });

  const newCredential = async (client = owner, values: object = {}): Promise<string> =>
    (
      await client.http.ask<{ id: string }>('POST', '/integrations', {
        kind: 'http-bearer',
        name: randomUUID(),
        fields: { token: SECRET },
        allowedHosts: [service.url],
        ...values,
      })
    ).id;

  const calling = (url: string, credentialId: string): Graph =>
    chain([{ id: 'call', kind: 'http', config: { method: 'GET', url, credentialId } }]);

  const run = async (url: string, credentialId: string, input: object = {}) =>
    owner.executions.run({ agentId: await owner.agents.publishNew(calling(url, credentialId)), input });

  it('are attached to the requests of steps, and are nowhere to be read afterwards', async () => {
    const credentialId = await newCredential();
    const { id, status } = await run(`${service.url}/hello`, credentialId);
    expect([status, atService]).toEqual(['succeeded', [`Bearer ${SECRET}`]]);
    const failed = await run(`${service.url}/refuses`, credentialId);
    expect(failed.status).toBe('failed');
    for (const path of [
      `/executions/${id}`,
      `/executions/${id}/steps`,
      `/executions/${id}/events?after=0`,
      `/executions/${id}/logs`,
      `/executions/${failed.id}`,
      `/executions/${failed.id}/steps`,
      `/executions/${failed.id}/why`,
      '/integrations',
      `/integrations/${credentialId}`,
      `/integrations/${credentialId}/agents`,
      `/agents/${failed.agentId}/export`,
    ]) {
      const { status: answered, text } = await owner.http.send('GET', path);
      expect({ path, answered }).toEqual({ path, answered: 200 });
      for (const form of [SECRET, Buffer.from(SECRET).toString('base64').slice(0, 24), encodeURIComponent(SECRET)]) {
        expect({ path, holds: text.includes(form) }).toEqual({ path, holds: false });
      }
    }
    const rows = await running.app
      .get(OrgDatabase)
      .acrossOrgsStatement<object>(
        'a test looks for a secret',
        `SELECT to_json(s) FROM execution_step s WHERE execution_id = $1`,
        [id],
      );
    expect(JSON.stringify(rows)).not.toContain(SECRET);
  });

  it('stay behind when a service sends the request elsewhere', async () => {
    const { status } = await run(`${service.url}/away`, await newCredential());
    expect([status, atService, atCanary]).toEqual(['succeeded', [`Bearer ${SECRET}`], [undefined]]);
  });

  it('go nowhere else, whatever a template makes of the address', async () => {
    const { status, error } = await run('{{ input.url }}', await newCredential(), { url: `${canary.url}/caught` });
    expect([status, error?.code, atCanary]).toEqual(['failed', 'credential.host_not_allowed', []]);
  });

  it('of another organisation are not there, at save and at run', async () => {
    const theirs = await newCredential((await newOrg(running.url)).owner);
    const refused = await owner.http.send<{ errors: { pointer: string; code: string }[] }>('POST', '/agents', {
      name: 'Borrowed',
      graph: calling(service.url, theirs),
    });
    expect([refused.status, refused.body.errors]).toMatchObject([
      422,
      [{ pointer: '/graph/nodes/1/config/credentialId', code: 'credential.not_found' }],
    ]);
    const tried = await owner.http.send<{ code: string }>('POST', '/tools/http_request', {
      arguments: { url: service.url },
      credentialId: theirs,
    });
    expect([tried.status, tried.body.code]).toEqual([404, 'credential.not_found']);
    // As if somebody had written it past every check.
    const mine = await newCredential();
    const agentId = await owner.agents.publishNew(calling(service.url, mine));
    await running.app
      .get(OrgDatabase)
      .acrossOrgsStatement(
        'a test writes what no door lets through',
        `UPDATE agent_node SET config = replace(config::text, $1, $2)::jsonb WHERE config::text LIKE '%' || $1 || '%'`,
        [mine, theirs],
      );
    const { status, error } = await owner.executions.run({ agentId, input: {} });
    expect([status, error?.code, atService]).toEqual(['failed', 'credential.not_found', []]);
  });

  it('of a person alone are not there for colleagues, whose agents cannot name them', async () => {
    const org = await newOrg(running.url);
    const secret = await newCredential(org.owner, { sharing: 'private' });
    const editor = (await newMember(org, 'editor')).client;
    const seen = await editor.http.send('GET', `/integrations/${secret}`);
    const drawn = await editor.http.send('POST', '/agents', { name: 'Mine', graph: calling(service.url, secret) });
    expect([seen.status, drawn.status]).toEqual([404, 422]);
    const shared = await newCredential(org.owner);
    const widened = await editor.http.send<{ code: string }>('PATCH', `/integrations/${shared}`, {
      allowedHosts: [service.url, canary.url],
    });
    expect([widened.status, widened.body.code]).toEqual([403, 'credential.not_editable']);
    const viewer = (await newMember(org, 'viewer')).client;
    const tested = await viewer.http.send('POST', `/integrations/${shared}/test`);
    expect(tested.status).toBe(403);
  });

  it('that are gone fail the runs that need them, with a reason', async () => {
    const credentialId = await newCredential();
    const agentId = await owner.agents.publishNew(calling(service.url, credentialId));
    expect((await owner.http.ask<{ data: unknown[] }>('GET', `/integrations/${credentialId}/agents`)).data).toEqual([
      { id: agentId, name: 'An agent' },
    ]);
    await owner.http.send('DELETE', `/integrations/${credentialId}`);
    const { status, error } = await owner.executions.run({ agentId, input: {} });
    expect([status, error?.code, atService]).toEqual(['failed', 'credential.not_found', []]);
  });
});
