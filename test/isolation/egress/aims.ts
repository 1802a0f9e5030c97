import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../../support/clients/api.client.js';
import { type CredentialKind, credentialAim, type ListedTool, makeCredential, tokenUrlAim } from './credential-aims.js';
import type { Ground } from './ground.js';
import { type Aim, type Feature, type Outcome, outcomeOf } from './outcome.js';
import { callToolSets, importDocument, previewDocument, tellEndpoint, tellMovedEndpoint } from './registered-aims.js';

const CALLBACK_WITHIN_MS = 15_000;

/**
 * How to make AgentFlow send something to an address, by the name of the field where the address stands. Fields of
 * credentials come from their kinds by themselves; what is new elsewhere wants a line here.
 */
export async function featuresOf(ground: Ground): Promise<ReadonlyMap<string, Feature>> {
  const { client } = ground;
  const [kinds, tools] = await Promise.all([
    listed<CredentialKind>(client, '/integrations/kinds'),
    listed<ListedTool>(client, '/tools'),
  ]);
  const ofCredentials = kinds.flatMap((kind) =>
    kind.fields
      .filter(({ name, type }) => (type === 'url' && !NOT_THE_SERVICE.has(name)) || name === 'host')
      .map(({ name }): [string, Feature] => [
        `credential ${kind.kind}.${name}`,
        slow(name === 'tokenUrl' ? tokenUrlAim(ground) : credentialAim(ground, kind, name, tools)),
      ]),
  );
  return new Map<string, Feature>([
    ['node http.url', quick((address) => runCaller(ground, address))],
    ['tool http_request.url', quick((address) => runTool(client, 'http_request', { url: address }))],
    ['tool webhook.url', quick((address) => sendWebhook(client, address))],
    ['body ChatCompletionRequest.messages[]', quick((address) => showImage(client, '/v1/chat/completions', address))],
    ['body ResponseRequest.input[]', quick((address) => showImage(client, '/v1/responses', address))],
    ['body PreviewOpenApiRequest.documentUrl', quick((address) => previewDocument(client, address))],
    ['body StartExecution.callbackUrl', slow((address) => startWithCallback(ground, address))],
    ['body CreateToolSetRequest.url', slow((address) => callToolSets(ground, address))],
    ['body CreateToolSetRequest.documentUrl', slow((address) => importDocument(ground, address))],
    ['body CreateWebhookEndpointRequest.url', slow((address) => tellEndpoint(ground, address))],
    ['body UpdateWebhookEndpointRequest.url', slow((address) => tellMovedEndpoint(ground, address))],
    ...ofCredentials,
  ]);
}

const quick = (aim: Aim): Feature => ({ aim, isSlow: false });
const slow = (aim: Aim): Feature => ({ aim, isSlow: true });

/** Opened by browsers; see reviewed-fields.ts. */
const NOT_THE_SERVICE = new Set(['authorizationUrl']);

async function listed<T>({ http }: ApiClient, path: string): Promise<readonly T[]> {
  return (await http.ask<{ data: readonly T[] }>('GET', path)).data;
}

async function startWithCallback({ client, greeter }: Ground, address: string): Promise<Outcome[]> {
  const answer = await client.executions.tryStart({
    agentId: greeter,
    input: { name: 'Ada' },
    mode: 'wait',
    callbackUrl: address,
  });
  if (answer.status >= 300) return [outcomeOf(answer)];
  const path = `/executions/${answer.body.id}/callback`;
  for (const giveUpAt = Date.now() + CALLBACK_WITHIN_MS; Date.now() < giveUpAt; await sleep(50)) {
    const callback = await client.http.ask<{ state: string; lastError: string | null; lastStatus: number | null }>(
      'GET',
      path,
    );
    const { state, lastError, lastStatus } = callback;
    if (state === 'delivered') return [{ code: 'answered', told: String(lastStatus) }];
    if (lastError !== null) return [{ code: state, told: lastError }];
  }
  throw new Error(`Nobody tried the callback to ${address}.`);
}

async function runCaller({ client, caller }: Ground, address: string): Promise<Outcome[]> {
  const { status, error } = await client.executions.run({ agentId: caller, input: { url: address } });
  return [{ code: error?.code ?? (status === 'succeeded' ? 'answered' : status), told: error?.message ?? '' }];
}

async function runTool({ http }: ApiClient, name: string, args: object, credentialId?: string): Promise<Outcome[]> {
  const body = { arguments: args, ...(credentialId !== undefined && { credentialId }) };
  return [outcomeOf(await http.send('POST', `/tools/${name}`, body))];
}

/** With a signing secret that may go to exactly that host, where it is one. */
async function sendWebhook(client: ApiClient, address: string): Promise<Outcome[]> {
  const host = URL.canParse(address) ? new URL(address).host : '';
  const rule = host === '' ? 'service.example.com' : `${address.startsWith('https') ? '' : 'http://'}${host}`;
  const secret = `whsec_${Buffer.from('a secret of a test of webhooks').toString('base64')}`;
  const made = await makeCredential(client, 'standard-webhooks', { secret }, [rule]);
  if (made.status >= 300) return [outcomeOf(made)];
  const outcome = await runTool(client, 'webhook', { url: address, type: 'test.sent', data: {} }, made.body.id);
  await client.http.send('DELETE', `/integrations/${made.body.id}`);
  return outcome;
}

/** A model that looks at pictures: whoever fetches them must not be us. */
async function showImage({ http }: ApiClient, path: string, address: string): Promise<Outcome[]> {
  const isCompletion = path.endsWith('completions');
  const content = isCompletion
    ? [{ type: 'image_url', image_url: { url: address } }]
    : [{ type: 'input_image', image_url: address }];
  const said = [{ role: 'user', content }];
  const body = { model: 'simulated/offline', ...(isCompletion ? { messages: said } : { input: said }) };
  const answer = await http.fetch('POST', path, JSON.stringify(body), { 'content-type': 'application/json' });
  return [outcomeOf(answer)];
}
