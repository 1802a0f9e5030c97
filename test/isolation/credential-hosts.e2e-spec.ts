import { signInFor } from '../../libs/integrations/src/testing/sign-in-for.js';
import type { ApiClient } from '../support/clients/api.client.js';
import type { Answer } from '../support/clients/http-client.js';
import { chain } from '../support/graphs/chain.js';
import { newMember, type NewOrg, newOrg } from '../support/new-org.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';
import { type CredentialKind, exampleOf, type ListedTool, makeCredential, valuesOf } from './egress/credential-aims.js';
import { SECRET } from './egress/ground.js';
import { OPENED, Outside } from './egress/outside.js';
import { oneOperation } from './egress/registered-aims.js';
import { inParallel } from './in-parallel.js';

/** Where every credential of this test may go, unless its kind says where: nobody is there. */
const OWN_HOST = 'service.example.com';

interface Made {
  readonly kind: CredentialKind;
  readonly id: string;
}

/**
 * Every kind of credential, as the server lists them, aimed at a host that it is not bound to, in every way that
 * somebody has who may only use it. The host itself may be called, so that nothing but the binding stands in between.
 * Real: everything, in one process.
 */
describe('a credential and a host that it is not bound to', () => {
  let running: InProcess;
  let outside: Outside;
  let org: NewOrg;
  let owner: ApiClient;
  let editor: ApiClient;
  let tools: readonly ListedTool[];
  let made: readonly Made[];

  beforeAll(async () => {
    outside = await Outside.start();
    running = await startInProcess(undefined, { EGRESS_ALLOW_CIDRS: OPENED });
    org = await newOrg(running.url);
    owner = org.owner;
    editor = (await newMember(org, 'editor')).client;
    tools = (await owner.http.ask<{ data: ListedTool[] }>('GET', '/tools')).data;
    const kinds = (await owner.http.ask<{ data: CredentialKind[] }>('GET', '/integrations/kinds')).data;
    made = await Promise.all(kinds.map(keep));
  });

  afterAll(async () => {
    await running?.stop();
    await outside?.close();
  });

  afterEach(() => {
    expect({ atForeignHost: outside.atOther, atCanary: outside.canary }).toEqual({ atForeignHost: [], atCanary: [] });
  });

  async function keep(kind: CredentialKind): Promise<Made> {
    const fields = { ...valuesOf(kind), ...(kind.kind === 'standard-webhooks' && { secret: WEBHOOK_SECRET }) };
    const bound = await makeCredential(owner, kind.kind, fields);
    const { status, body, text } =
      bound.status < 300 ? bound : await makeCredential(owner, kind.kind, fields, [OWN_HOST]);
    if (status >= 300) throw new Error(`A credential of the kind ${kind.kind} was not kept: ${text}`);
    if (kind.fields.some(({ name }) => name === 'clientId') && !('token' in fields)) {
      await signInFor(running.app, org.orgId, body.id, { accessToken: SECRET, refreshToken: SECRET });
    }
    return { kind, id: body.id };
  }

  const told = ({ status, text }: Answer): string => `${status} ${text}`;
  const refusedWith = (answer: Answer, ...expected: (readonly [number, string])[]): boolean =>
    expected.some(([status, code]) => answer.status === status && answer.text.includes(`"${code}"`));

  it('is refused with 403 when a tool is told to send it there', async () => {
    const aimed = tools.filter(({ inputSchema, credential }) => credential && 'url' in (inputSchema.properties ?? {}));
    expect(aimed.map(({ name }) => name)).toEqual(expect.arrayContaining(['http_request', 'webhook']));
    const wrong = await inParallel(
      aimed.flatMap((tool) => made.map((credential) => ({ tool, credential }))),
      async ({ tool, credential: { kind, id } }) => {
        const body = { arguments: { ...exampleOf(tool.inputSchema), url: outside.otherUrl }, credentialId: id };
        const answer = await editor.http.send('POST', `/tools/${tool.name}`, body);
        // What is no key of a web service is none for any host.
        const isRefused = refusedWith(answer, [403, 'credential.host_not_allowed'], [422, 'credential.wrong_kind']);
        return isRefused ? [] : [`${tool.name} with ${kind.kind}: ${told(answer)}`];
      },
    );
    expect(wrong.flat()).toEqual([]);
  });

  it('is refused when a step of a run sends it there, whatever a template makes of the address', async () => {
    const wrong = await inParallel(made, async ({ kind, id }) => {
      const url = '{{ input.url }}';
      const steps = [
        { id: 'call', kind: 'http', config: { method: 'POST', url, body: '{}', credentialId: id } },
        { id: 'call', kind: 'tool', config: { tool: 'http_request', arguments: { url }, credentialId: id } },
      ];
      const codes = await Promise.all(
        steps.map(async (step) => {
          const agentId = await editor.agents.publishNew(chain([step]));
          const { error } = await editor.executions.run({ agentId, input: { url: outside.otherUrl } });
          return error?.code ?? 'none';
        }),
      );
      const areRefused = codes.every((code) => /^credential\.(host_not_allowed|wrong_kind)$/.test(code));
      return areRefused ? [] : [`${kind.kind}: ${codes.join(', ')}`];
    });
    expect(wrong.flat()).toEqual([]);
  });

  it('is refused when a tool set at that address has it', async () => {
    const wrong = await inParallel(made, async ({ kind, id }) => {
      const set = { url: outside.otherUrl, credentialId: id };
      const server = await owner.http.send('POST', '/tool-sets', { ...set, kind: 'mcp', name: `Server ${kind.kind}` });
      const api = await owner.http.send<{ tools: { name: string }[] }>('POST', '/tool-sets', {
        ...set,
        ...oneOperation(`API ${kind.kind}`),
      });
      const run =
        api.status < 300
          ? await editor.http.send('POST', `/tools/${api.body.tools[0]?.name}`, { arguments: {}, credentialId: id })
          : api;
      const own =
        api.status < 300 ? await editor.http.send('POST', `/tools/${api.body.tools[0]?.name}`, { arguments: {} }) : api;
      const areRefused = [server, run, own].every(
        ({ status, text }) => status >= 400 && status < 500 && !text.includes(SECRET),
      );
      return areRefused ? [] : [`${kind.kind}: ${[server, run, own].map(told).join(' | ')}`];
    });
    expect(wrong.flat()).toEqual([]);
  });

  it('is refused when a tool of another service asks for it', async () => {
    const foreign = tools.flatMap((tool) =>
      made
        .filter(({ kind }) => tool.credential?.kinds.length && !tool.credential.kinds.includes(kind.kind))
        .map((credential) => ({ tool, credential })),
    );
    expect(foreign.length).toBeGreaterThan(100);
    const wrong = await inParallel(foreign, async ({ tool, credential: { kind, id } }) => {
      const body = { arguments: exampleOf(tool.inputSchema), credentialId: id };
      const answer = await editor.http.send('POST', `/tools/${tool.name}`, body);
      return refusedWith(answer, [422, 'credential.wrong_kind'])
        ? []
        : [`${tool.name} with ${kind.kind}: ${told(answer)}`];
    });
    expect(wrong.flat()).toEqual([]);
  });

  it('is not bound to it by somebody who may only use it, nor by its maker without its secrets', async () => {
    // A kind without secrets has none to enter again.
    const withSecrets = made.filter(({ kind }) => Object.values(valuesOf(kind)).includes(SECRET));
    const wrong = await inParallel(withSecrets, async ({ kind, id }) => {
      const places = kind.fields.filter(({ type, name }) => type === 'url' || name === 'host').map(({ name }) => name);
      const changes = [
        { allowedHosts: [OWN_HOST, outside.otherUrl] },
        { allowedHosts: [`*.${OWN_HOST}`] },
        ...places.map((name) => ({ fields: { [name]: name === 'host' ? '127.0.0.3' : outside.otherUrl } })),
      ];
      const findings = await Promise.all(
        changes.map(async (change) => {
          const [byEditor, byOwner] = [
            await editor.http.send('PATCH', `/integrations/${id}`, change),
            await owner.http.send('PATCH', `/integrations/${id}`, change),
          ];
          const areRefused =
            refusedWith(byEditor, [403, 'credential.not_editable']) &&
            refusedWith(byOwner, [422, 'credential.secrets_required'], [422, 'credential.fields_invalid']);
          return areRefused ? [] : [`${kind.kind} ${JSON.stringify(change)}: ${told(byEditor)} and ${told(byOwner)}`];
        }),
      );
      return findings.flat();
    });
    expect(wrong.flat()).toEqual([]);
    await Promise.all(withSecrets.map(({ id }) => editor.http.send('POST', `/integrations/${id}/test`)));
  });

  it('is not there at all for colleagues when it is somebody’s own', async () => {
    const wrong = await inParallel(made, async ({ kind, id }) => {
      await owner.http.ask('PATCH', `/integrations/${id}`, { sharing: 'private' });
      const body = { arguments: { url: outside.otherUrl }, credentialId: id };
      const answers = await Promise.all([
        editor.http.send('GET', `/integrations/${id}`),
        editor.http.send('POST', `/integrations/${id}/test`),
        editor.http.send('POST', `/integrations/${id}/authorize`),
        editor.http.send('POST', '/tools/http_request', body),
      ]);
      return answers.every(({ status }) => status === 404) ? [] : [`${kind.kind}: ${answers.map(told).join('; ')}`];
    });
    expect(wrong.flat()).toEqual([]);
  });
});

const WEBHOOK_SECRET = `whsec_${Buffer.from(SECRET).toString('base64')}`;
