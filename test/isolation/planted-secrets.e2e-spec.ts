import { signInFor } from '../../libs/integrations/src/testing/sign-in-for.js';
import { createLogger } from '#platform/logging';
import type { ApiClient } from '../support/clients/api.client.js';
import type { ExecutionsSocket } from '../support/clients/executions.socket.js';
import type { Answer } from '../support/clients/http-client.js';
import { routesOf } from '../support/application-routes.js';
import { chain } from '../support/graphs/chain.js';
import { type NewOrg, newOrg } from '../support/new-org.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';
import { type CredentialKind, exampleOf, type ListedTool, makeCredential, valuesOf } from './egress/credential-aims.js';
import { oneOperation } from './egress/registered-aims.js';
import { idsOfNobody } from './examples.js';
import { inParallel } from './in-parallel.js';
import { everyKey, everyRow } from './planted/everything-kept.js';
import { hearStandardStreams, keepAnswers } from './planted/hear-everything.js';
import { PlantedSecrets } from './planted/planted-secrets.js';
import { type Mood, RepeatingService, startRepeatingPostgres } from './planted/repeating-service.js';
import { pathFor } from './requests.js';

const MOODS: readonly Mood[] = [200, 401, 422, 500];

/** Takes half a minute, and several times that on a machine that is busy with other things. */
const LIMIT_MS = 300_000;

/** Secrets that no use of their kind sends anywhere in this test, and why. */
const NEVER_SENT: Readonly<Record<string, string>> = {
  'standard-webhooks.secret': 'signs, and is never sent',
  'slack.clientSecret': 'goes to slack.com alone, when a sign-in ends',
  'github.clientSecret': 'goes to github.com alone, when a sign-in ends',
  'oauth2.refreshToken': 'belongs to an access token that does not expire',
  'oauth2.expiredToken': 'has expired',
  'gmail.clientSecret': 'goes to oauth2.googleapis.com alone, when a sign-in ends',
  'gmail.refreshToken': 'goes to oauth2.googleapis.com alone, when the access token has expired',
  'mcp-oauth.clientSecret': 'goes to the authorization server alone, when a sign-in ends',
  'mcp-oauth.refreshToken': 'goes to the authorization server alone, when the access token has expired',
  'mariadb.password': 'is sent after a handshake that nobody answers here',
};

/** Streams that do not end by themselves, as that of a run does once it is over. */
const ENDLESS = new Set(['/mcp']);

interface Kept {
  readonly kind: CredentialKind;
  readonly id: string;
}

/**
 * A secret in every secret field of every kind of credential, used with a service that repeats all it is sent, well and
 * failing; and then a look at everything that was ever said or kept. Real: everything, in one process.
 */
describe('secrets of credentials', () => {
  let running: InProcess;
  let service: RepeatingService;
  let database: Awaited<ReturnType<typeof startRepeatingPostgres>>;
  let org: NewOrg;
  let owner: ApiClient;
  let socket: ExecutionsSocket;
  let tools: readonly ListedTool[];
  const planted = new PlantedSecrets();
  const kept: Kept[] = [];
  const runs: string[] = [];
  const agents = new Map<string, Promise<string>>();
  const toolSets = new Map<string, Promise<Answer<{ tools?: { name: string }[] }>>>();
  const answers: string[] = [];
  let said = '';
  const undo: (() => void)[] = [];

  beforeAll(async () => {
    [service, database] = await Promise.all([RepeatingService.start(), startRepeatingPostgres()]);
    undo.push(hearStandardStreams((text) => (said += text)));
    const logger = createLogger('trace', { write: (line: string) => void (said += line) });
    running = await startInProcess(undefined, { EGRESS_ALLOW_CIDRS: '127.0.0.1/32' }, logger);
    org = await newOrg(running.url);
    owner = org.owner;
    undo.push(keepAnswers(answers));
    socket = await owner.connect();
    tools = (await owner.http.ask<{ data: ListedTool[] }>('GET', '/tools')).data;
    const kinds = (await owner.http.ask<{ data: CredentialKind[] }>('GET', '/integrations/kinds')).data;
    for (const kind of kinds) kept.push({ kind, id: await keep(kind) });
  });

  afterAll(async () => {
    socket?.close();
    for (const each of undo) each();
    await running?.stop();
    await Promise.all([service?.close(), database?.close()]);
  });

  async function keep(kind: CredentialKind): Promise<string> {
    const secrets = planted.inFieldsOf(kind);
    const places = kind.fields.flatMap(({ name, type }): [string, string][] => {
      if (name === 'host') return [[name, '127.0.0.1']];
      if (name === 'port') return [[name, String(database.port)]];
      if (name === 'tls') return [[name, 'off']];
      return type === 'url' ? [[name, name === 'tokenUrl' ? `${service.url}/token` : service.url]] : [];
    });
    const fields = { ...valuesOf(kind), ...Object.fromEntries(places), ...secrets };
    const bound = await makeCredential(owner, kind.kind, fields);
    const { status, body, text } =
      bound.status < 300 ? bound : await makeCredential(owner, kind.kind, fields, [service.url]);
    if (status >= 300) throw new Error(`A credential of the kind ${kind.kind} was not kept: ${text}`);
    if (kind.fields.some(({ name }) => name === 'clientId') && !('token' in fields)) await signIn(kind, body.id);
    return body.id;
  }

  /** @param names of the tokens, as findings call them: the one for access, and the one for renewal */
  const signIn = (
    { kind }: CredentialKind,
    id: string,
    names: readonly [string, string] = ['accessToken', 'refreshToken'],
    expiresAt: Date | null = null,
  ): Promise<void> => {
    const [access, refresh] = names;
    const tokens = {
      accessToken: planted.plant(`${kind}.${access}`),
      refreshToken: planted.plant(`${kind}.${refresh}`),
    };
    return signInFor(running.app, org.orgId, id, tokens, expiresAt);
  };

  /** Everything that can be done with one credential. */
  async function use({ kind, id }: Kept): Promise<void> {
    const own = tools.filter(({ credential }) => credential?.kinds.includes(kind.kind));
    const [read, write] = ['read', 'write'].map((effect) => own.find((tool) => tool.effect === effect));
    const byHand = [read, write].flatMap((tool) => (tool ? [tool] : []));
    const url = `${service.url}/${kind.kind}`;
    const post = (path: string, body: object): Promise<Answer> => owner.http.send('POST', path, body);
    await Promise.all([
      post(`/integrations/${id}/test`, {}),
      ...byHand.map(({ name, inputSchema }) => {
        const example = exampleOf(inputSchema);
        const args = 'url' in example ? { ...example, url } : example;
        return post(`/tools/${name}`, { arguments: args, credentialId: id });
      }),
      post('/tools/http_request', { arguments: { url, method: 'POST', body: 'x' }, credentialId: id }),
      post('/tools/http_request', { arguments: { url: `${url}/page` }, credentialId: id }),
      run({ kind: 'http', config: { method: 'PUT', url, body: '{}', credentialId: id } }),
      ...(read ? [run({ kind: 'tool', config: toolConfig(read, id) })] : []),
      // An imitation of OpenAI goes by a name of its own, and is asked by the test of its connection.
      ...(kind.group === 'models' && kind.kind !== 'openai-compatible' ? askModel(kind.kind) : []),
      ...useInToolSets(kind.kind, id),
    ]);
  }

  function askModel(provider: string): Promise<unknown>[] {
    const model = `${provider}/some-model`;
    const ask = (path: string, body: object): Promise<unknown> =>
      owner.http.fetch('POST', path, JSON.stringify({ model, ...body }), { 'content-type': 'application/json' });
    return [
      ask('/v1/chat/completions', { messages: [{ role: 'user', content: 'Hello.' }] }),
      ask('/v1/embeddings', { input: 'Hello.' }),
      run({ kind: 'llm', config: { model, prompt: 'Hello.' } }),
    ];
  }

  /** The organisation's own tools: an operation of an API, and an MCP server that is none. */
  function useInToolSets(kind: string, credentialId: string): Promise<unknown>[] {
    const known = toolSets.get(kind);
    const made =
      known ??
      owner.http.send<{ tools?: { name: string }[] }>('POST', '/tool-sets', {
        ...oneOperation(`API with ${kind}`),
        url: service.url,
        credentialId,
      });
    toolSets.set(kind, made);
    const server = { kind: 'mcp', name: `Server with ${kind}`, url: service.url, credentialId };
    return [
      made.then(({ body: { tools = [] } }) =>
        Promise.all(tools.map(({ name }) => owner.http.send('POST', `/tools/${name}`, { arguments: {} }))),
      ),
      owner.http.send('POST', '/tool-sets', server),
    ];
  }

  async function run(node: { readonly kind: string; readonly config: object }): Promise<void> {
    const { id } = await owner.executions.start({ agentId: await agentOf(node) });
    await socket.subscribe(id, 0);
    await owner.executions.ended(id, LIMIT_MS);
    runs.push(id);
  }

  /** Published once for each step that uses a secret. */
  function agentOf({ kind, config }: { readonly kind: string; readonly config: object }): Promise<string> {
    const key = JSON.stringify([kind, config]);
    const known = agents.get(key);
    if (known) return known;
    const made = owner.agents.publishNew(chain([{ id: 'use', kind, config: { ...config } }], 'steps.use'));
    agents.set(key, made);
    return made;
  }

  it(
    'are used with a service that repeats them',
    async () => {
      for (const mood of MOODS) {
        service.mood = mood;
        await inParallel(kept, use);
      }
      await signInAnew();
      const heard = planted.in([...service.heard, ...database.heard].join('\n'));
      const unsent = planted.places.filter((place) => !heard.includes(place) && !(place in NEVER_SENT));
      expect(unsent).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'are in no answer, also of whatever can be read afterwards',
    async () => {
      const ids = { ...idsOfNobody(), orgId: org.orgId, userId: org.userId };
      const reads = routesOf(running.app).filter(
        ({ method, handler, path }) => method === 'GET' && handler !== null && !ENDLESS.has(path),
      );
      const of = (part: string): typeof reads => reads.filter(({ path }) => path.includes(part));
      const paths = new Set([
        ...reads.filter(({ path }) => !path.includes(':')).map((route) => pathFor(route, ids)),
        ...runs.flatMap((executionId) => of('executions/:id').map((route) => pathFor(route, { ...ids, executionId }))),
        ...kept.flatMap(({ id }) =>
          of('integrations/:id').map((route) => pathFor(route, { ...ids, integrationId: id })),
        ),
        ...(await Promise.all(agents.values())).flatMap((agentId) =>
          of('agents/:id').map((route) => pathFor(route, { ...ids, agentId })),
        ),
      ]);
      expect(paths.size).toBeGreaterThan(200);
      await inParallel([...paths], (path) => owner.http.fetch('GET', path));
      expect(findIn(answers)).toEqual([]);
    },
    LIMIT_MS,
  );

  it('are in no frame of a socket', () => {
    expect(new Set(socket.events.map(({ executionId }) => executionId)).size).toBe(runs.length);
    expect(planted.in(JSON.stringify([socket.events, socket.changes]))).toEqual([]);
  });

  it('are not in the log, whatever its level, nor on the standard streams', () => {
    expect(said).toContain('tool called');
    expect(findIn(said.split('\n'))).toEqual([]);
  });

  it('are in no column of any table', async () => {
    const tables = await everyRow(running.app);
    expect(tables.get('integration')?.split('\n').length).toBe(kept.length);
    const found = [...tables].flatMap(([table, rows]) => planted.in(rows).map((place) => `${place} in ${table}`));
    expect(found).toEqual([]);
  });

  it('are under no key of Redis', async () => {
    const { redisUrl } = running.foundation.settings;
    if (redisUrl === null) return;
    expect(planted.in(await everyKey(redisUrl))).toEqual([]);
  });

  /** A sign-in and a renewal, which the service refuses with all that it was sent. */
  async function signInAnew(): Promise<void> {
    for (const { kind, id } of kept.filter(({ kind: { fields } }) => fields.some(({ name }) => name === 'tokenUrl'))) {
      service.mood = 401;
      const { url } = await owner.http.ask<{ url: string }>('POST', `/integrations/${id}/authorize`);
      const state = new URL(url).searchParams.get('state');
      await owner.http.send('POST', '/integrations/oauth/callback', { state, code: planted.plant('a code', true) });
      await signIn(kind, id, ['expiredToken', 'tokenToRenew'], new Date(Date.now() - 1_000));
      await owner.http.send('POST', '/tools/http_request', { arguments: { url: service.url }, credentialId: id });
      await run({ kind: 'http', config: { method: 'GET', url: service.url, credentialId: id } });
    }
  }

  /** With the words around it, so that whoever reads the failure knows where to look. */
  function findIn(texts: readonly string[]): string[] {
    return texts.flatMap((text) => planted.in(text).map((place) => `${place} in: ${text.slice(0, 500)}`)).slice(0, 20);
  }
});

function toolConfig({ name, inputSchema }: ListedTool, credentialId: string): object {
  return { tool: name, arguments: exampleOf(inputSchema), credentialId };
}
