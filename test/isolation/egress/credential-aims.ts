import { randomUUID } from 'node:crypto';
import { signInFor } from '../../../libs/integrations/src/testing/sign-in-for.js';
import type { ApiClient } from '../../support/clients/api.client.js';
import type { Answer } from '../../support/clients/http-client.js';
import { freshOrganisation, type Ground, SECRET } from './ground.js';
import { type Aim, type Outcome, outcomeOf } from './outcome.js';

interface Field {
  readonly name: string;
  readonly type: 'text' | 'secret' | 'url' | 'number';
  readonly required: boolean;
}

export interface CredentialKind {
  readonly kind: string;
  readonly group: string;
  readonly fields: readonly Field[];
}

export interface ListedTool {
  readonly name: string;
  readonly effect: 'read' | 'write';
  readonly inputSchema: Schema;
  readonly credential: { readonly kinds: readonly string[]; readonly required: boolean } | null;
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** A place where a credential's service is, and everything that then calls it: the test of the connection, tools, models, a sign-in. */
export function credentialAim(ground: Ground, kind: CredentialKind, field: string, tools: readonly ListedTool[]): Aim {
  const tool = tools.find(({ effect, credential }) => effect === 'read' && credential?.kinds.includes(kind.kind));
  return async (address) => {
    // The name of a model says no more than the provider: only one credential may answer for it.
    const { client, orgId } = kind.group === 'models' ? await freshOrganisation(ground) : ground;
    const fields = { ...valuesOf(kind), ...placeOf(field, address) };
    const made = await makeCredential(client, kind.kind, fields);
    if (made.status >= 300) return [outcomeOf(made)];
    const { id } = made.body;
    const uses = [test(client, id), ...(tool ? [runTool(client, tool, id)] : [])];
    if (kind.group === 'models') uses.push(...askModels(client, kind.kind));
    if (kind.fields.some(({ name }) => name === 'clientId') && !('token' in fields)) {
      if (tool === undefined) uses.push(beginSignIn(client, id));
      await signInFor(ground.app, orgId, id, { accessToken: SECRET, refreshToken: null });
    }
    const outcomes = (await Promise.all(uses)).flat();
    await client.http.send('DELETE', `/integrations/${id}`);
    if (outcomes.length === 0)
      throw new Error(`Nothing calls ${field} of ${kind.kind}: say in credential-aims.ts what does.`);
    return outcomes;
  };
}

/** A service that gives tokens is asked when a sign-in ends. */
export function tokenUrlAim(ground: Ground): Aim {
  return async (address) => {
    const { client } = ground;
    const made = await makeCredential(
      client,
      'oauth2',
      {
        authorizationUrl: 'https://service.example.com/authorize',
        tokenUrl: address,
        clientId: 'client',
        clientSecret: SECRET,
      },
      ['service.example.com'],
    );
    if (made.status >= 300) return [outcomeOf(made)];
    const { url } = await client.http.ask<{ url: string }>('POST', `/integrations/${made.body.id}/authorize`);
    const state = new URL(url).searchParams.get('state');
    const answer = await client.http.send('POST', '/integrations/oauth/callback', { state, code: SECRET });
    await client.http.send('DELETE', `/integrations/${made.body.id}`);
    return [outcomeOf(answer)];
  };
}

/** @param allowedHosts what the kind says when absent */
export function makeCredential(
  { http }: ApiClient,
  kind: string,
  fields: Readonly<Record<string, string>>,
  allowedHosts?: readonly string[],
): Promise<Answer<{ id: string }>> {
  return http.send('POST', '/integrations', {
    kind,
    name: `Credential ${randomUUID()}`,
    fields,
    ...(allowedHosts && { allowedHosts }),
  });
}

/** Something acceptable in every field that has to be filled in, and the secret wherever one belongs. */
export function valuesOf({ fields }: CredentialKind): Record<string, string> {
  const values = fields.flatMap(({ name, type, required }): [string, string][] => {
    if (type === 'secret' && (required || name !== 'clientSecret')) return [[name, SECRET]];
    if (!required) return [];
    return [[name, type === 'url' ? 'https://service.example.com' : type === 'number' ? '1' : 'x-name']];
  });
  return Object.fromEntries(values);
}

/** Arguments that fit a tool's schema and mean nothing. */
export function exampleOf({ properties = {}, required = [] }: Schema): Record<string, unknown> {
  return Object.fromEntries(required.map((name) => [name, exampleValue(name, properties[name] ?? {})]));
}

/** Texts that mean nothing, for different patterns. */
const TEXTS = ['X-1', 'x1', '1.1', 'x.y', 'ada@example.com'];

function exampleValue(name: string, { type, enum: choices, pattern = '' }: Schema): unknown {
  if (choices) return choices[0];
  if (name === 'sql') return 'SELECT 1';
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'object') return {};
  const text = TEXTS.find((each) => new RegExp(pattern).test(each)) ?? '';
  return type === 'array' ? [text] : text;
}

/** A host and a port where those are two fields. */
function placeOf(field: string, address: string): Record<string, string> {
  if (field !== 'host') return { [field]: address };
  const [, authority = address] = /^https?:\/\/([^/\\?#]*)/i.exec(address) ?? [];
  const [, host = authority, port] = /^(.*):(\d+)$/.exec(authority) ?? [];
  return { host: host.replace(/^\[|\]$/g, ''), tls: 'off', ...(port !== undefined && { port }) };
}

async function test({ http }: ApiClient, id: string): Promise<Outcome[]> {
  const answer = await http.send<{ outcome?: string; message?: string; code?: string }>(
    'POST',
    `/integrations/${id}/test`,
  );
  if (answer.body.code === 'credential.no_test') return [];
  if (answer.status !== 200) return [outcomeOf(answer)];
  const { outcome, message = '' } = answer.body;
  return [{ code: outcome === 'ok' ? 'answered' : 'failed', told: message }];
}

async function runTool({ http }: ApiClient, tool: ListedTool, credentialId: string): Promise<Outcome[]> {
  const body = { arguments: exampleOf(tool.inputSchema), credentialId };
  return [outcomeOf(await http.send('POST', `/tools/${tool.name}`, body))];
}

/** Of a service that says itself where people sign in. */
async function beginSignIn({ http }: ApiClient, id: string): Promise<Outcome[]> {
  return [outcomeOf(await http.send('POST', `/integrations/${id}/authorize`))];
}

/** A provider under the name that the organisation's credentials give it. */
function askModels(client: ApiClient, kind: string): Promise<Outcome[]>[] {
  const provider = kind === 'openai-compatible' ? client.http.send('GET', '/integrations').then(slugIn) : kind;
  const ask = async (path: string, more: object): Promise<Outcome[]> => {
    const body = JSON.stringify({ model: `${await provider}/some-model`, ...more });
    return [outcomeOf(await client.http.fetch('POST', path, body, { 'content-type': 'application/json' }))];
  };
  const messages = [{ role: 'user', content: 'Hello.' }];
  const isEmbedding = kind !== 'anthropic';
  return [
    ask('/v1/chat/completions', { messages }),
    ...(isEmbedding ? [ask('/v1/embeddings', { input: 'Hello.' })] : []),
  ];
}

function slugIn({ text }: Answer): string {
  const { data } = JSON.parse(text) as { data: { name: string }[] };
  return (data[0]?.name ?? '').toLowerCase().replaceAll(' ', '-');
}
