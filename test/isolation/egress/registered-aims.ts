import { randomBytes } from 'node:crypto';
import type { ApiClient } from '../../support/clients/api.client.js';
import { freshOrganisation, type Ground } from './ground.js';
import { type Outcome, outcomeOf } from './outcome.js';

/** A document of one operation that anybody may call. */
const DOCUMENT = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'One operation', version: '1' },
  paths: { '/things': { get: { operationId: 'listThings', responses: { 200: { description: 'Things' } } } } },
});

/** What is imported with that name, beside its address. */
export const oneOperation = (name: string): object => ({
  kind: 'openapi',
  name,
  document: DOCUMENT,
  operations: ['listThings'],
});

/** Both kinds of tool sets: an MCP server is asked for its tools at once, an API when one of its tools is run. */
export async function callToolSets(ground: Ground, address: string): Promise<Outcome[]> {
  const { client } = await freshOrganisation(ground);
  const [server, api] = await Promise.all([
    client.http.send('POST', '/tool-sets', { kind: 'mcp', name: 'A server', url: address }),
    client.http.send<{ tools: { name: string }[] }>('POST', '/tool-sets', {
      ...oneOperation('An API'),
      url: address,
    }),
  ]);
  if (api.status >= 300) return [outcomeOf(server), outcomeOf(api)];
  const run = await client.http.send('POST', `/tools/${api.body.tools[0]?.name}`, { arguments: {} });
  return [outcomeOf(server), outcomeOf(run)];
}

export async function importDocument({ client }: Ground, address: string): Promise<Outcome[]> {
  const set = { kind: 'openapi', name: `Set ${suffix()}`, url: 'https://service.example.com', documentUrl: address };
  return [outcomeOf(await client.http.send('POST', '/tool-sets', { ...set, operations: ['listThings'] }))];
}

export async function previewDocument({ http }: ApiClient, address: string): Promise<Outcome[]> {
  return [outcomeOf(await http.send('POST', '/tool-sets/preview', { documentUrl: address }))];
}

/** What an endpoint is told to try it out goes the way of everything that it is told. */
export async function tellEndpoint(ground: Ground, address: string): Promise<Outcome[]> {
  const { client } = await freshOrganisation(ground);
  const made = await makeEndpoint(client, address);
  return made.status < 300 ? tryEndpoint(client, made.body.id) : [outcomeOf(made)];
}

export async function tellMovedEndpoint(ground: Ground, address: string): Promise<Outcome[]> {
  const { client } = await freshOrganisation(ground);
  const { id } = (await makeEndpoint(client, 'https://service.example.com/events')).body;
  const moved = await client.http.send('PATCH', `/webhook-endpoints/${id}`, { url: address });
  return moved.status < 300 ? tryEndpoint(client, id) : [outcomeOf(moved)];
}

function makeEndpoint({ http }: ApiClient, url: string) {
  const events = ['execution.succeeded'];
  return http.send<{ id: string }>('POST', '/webhook-endpoints', { name: `Endpoint ${suffix()}`, url, events });
}

async function tryEndpoint({ http }: ApiClient, id: string): Promise<Outcome[]> {
  const answer = await http.send<{ delivered?: boolean }>('POST', `/webhook-endpoints/${id}/test`);
  if (answer.status >= 300) return [outcomeOf(answer)];
  return [{ code: answer.body.delivered === false ? 'failed' : 'answered', told: answer.text }];
}

const suffix = (): string => randomBytes(6).toString('hex');
