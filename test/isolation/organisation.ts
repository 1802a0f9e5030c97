import { randomBytes } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Escrow } from '#billing';
import { eventually } from '../browser/support/eventually.js';
import type { ApiClient } from '../support/clients/api.client.js';
import { approval } from '../support/graphs/approval.js';
import { greeting } from '../support/graphs/greeting.js';
import { summary } from '../support/graphs/summary.js';
import { callWebhook, type MadeWebhook } from '../support/call-webhook.js';
import { newMember, newOrg } from '../support/new-org.js';
import { makeEndpoints } from './make-endpoints.js';
import { writeEffect, writeGeneration, writeLogLine } from './write-history.js';

/** Somebody who may ask; `token` is null for a stranger. */
export interface Identity {
  readonly name: 'owner' | 'editor' | 'viewer' | 'API key' | 'anonymous';
  readonly token: string | null;
  readonly permissions: ReadonlySet<string>;
}

/** Ids of one organisation's rows, one of each sort. */
export interface OrganisationIds {
  readonly orgId: string;
  readonly agentId: string;
  readonly executionId: string;
  /** Of a run of its own that waits for an approval. */
  readonly payloadHash: string;
  readonly waitId: string;
  readonly apiKeyId: string;
  readonly invitationId: string;
  readonly roleId: string;
  readonly teamId: string;
  readonly scheduleId: string;
  readonly webhookId: string;
  readonly webhookEndpointId: string;
  /** Of a trial of that endpoint. */
  readonly endpointDeliveryId: string;
  /** Of a credential with a sign-in under way. */
  readonly conversationId: string;
  readonly integrationId: string;
  readonly promptId: string;
  readonly toolSetId: string;
  /** A member who is not the owner. */
  readonly userId: string;
}

/** An organisation with at least one row in every table, and two of everything that is listed in pages. */
export interface Organisation {
  /** Part of every name in it: where it shows, its rows show. */
  readonly marker: string;
  readonly ids: OrganisationIds;
  readonly client: ApiClient;
  /** Owner, editor, viewer, and an API key of the owner with every scope. */
  readonly identities: readonly Identity[];
}

export const anonymous: Identity = { name: 'anonymous', token: null, permissions: new Set() };

export async function makeOrganisation(app: NestExpressApplication, url: string, name: string): Promise<Organisation> {
  // Letters only, because an e-mail address is made of it too.
  const marker = `${name}${randomBytes(6)
    .toString('hex')
    .replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')}`;
  const org = await newOrg(url, marker);
  const { owner } = org;
  const editor = await newMember(org, 'editor');
  const viewer = await newMember(org, 'viewer');
  const [role] = await twice((each) =>
    owner.http.ask<{ id: string }>('POST', '/org/roles', {
      name: `${marker} role ${each}`,
      permissions: ['agents:read'],
    }),
  );
  const [team] = await twice((each) =>
    owner.http.ask<{ id: string }>('POST', '/org/teams', { name: `${marker} team ${each}` }),
  );
  await owner.http.ask('POST', `/org/teams/${team.id}/members`, { userId: viewer.user.id });
  const [invitation] = await twice((each) => owner.org.invite(`${marker}-guest${each}@example.com`, 'viewer'));
  const { permissions } = await owner.auth.me(owner.token ?? '');
  const [key] = await twice((each) => owner.org.createApiKey(permissions, `${marker} key ${each}`));
  const [agent] = await twice((each) =>
    owner.http.ask<{ id: string }>(
      'POST',
      '/agents',
      { name: `${marker} agent ${each}`, graph: greeting(marker) },
      { 'idempotency-key': `${marker}-${each}` },
    ),
  );
  await twice(async (each) => {
    await owner.agents.draw(agent.id, greeting(`${marker} ${each}`));
    return owner.agents.publish(agent.id, marker);
  });
  const [execution, another] = await twice((each) =>
    owner.executions.run({
      agentId: agent.id,
      input: { name: marker, large: `${marker} ${each} `.repeat(10_000) },
      callbackUrl: `${UNREACHABLE}${marker}`,
    }),
  );
  const { large } = await owner.http.ask<{ large: { input: { hash: string } } }>('GET', `/executions/${execution.id}`);
  for (const { id } of [execution, another]) await callbackGivenUp(owner, id);
  const [schedule, webhook] = await makeTriggers(owner, agent.id, marker);
  const endpoint = await makeEndpoints(owner, `${UNREACHABLE}${marker}`, marker);
  await writeLogLine(app, org.orgId, execution.id, marker);
  await twice((each) => writeEffect(app, org.orgId, execution.id, marker, each));
  await twice(() => writeGeneration(app, org.orgId, execution.id, marker));
  const waitId = await openWaits(owner, marker);
  const integrationId = await makeCredentials(owner, marker);
  const [{ conversationId }] = await twice((each) =>
    owner.chat.say({ agentId: agent.id, message: `${marker} ${each}`, context: { name: marker } }),
  );
  const promptId = await makePrompts(owner, marker);
  const toolSetId = await makeToolSets(owner, marker);
  await makeModels(owner, marker);
  await makeMoney(app, owner, { orgId: org.orgId, userId: org.userId, executionId: execution.id }, marker);
  return {
    marker,
    client: owner,
    ids: {
      orgId: org.orgId,
      agentId: agent.id,
      executionId: execution.id,
      payloadHash: large.input.hash,
      waitId,
      apiKeyId: key.id,
      invitationId: invitation.id,
      roleId: role.id,
      teamId: team.id,
      scheduleId: schedule,
      webhookId: webhook,
      ...endpoint,
      conversationId,
      integrationId,
      promptId,
      toolSetId,
      userId: viewer.user.id,
    },
    identities: [
      await identity('owner', owner),
      await identity('editor', editor.client),
      await identity('viewer', viewer.client),
      await identity('API key', owner.as(key.key)),
    ],
  };
}

async function identity(name: Identity['name'], { token, auth }: ApiClient): Promise<Identity> {
  return { name, token, permissions: new Set((await auth.me(token ?? '')).permissions) };
}

async function twice<T>(make: (each: 1 | 2) => Promise<T>): Promise<[T, T]> {
  return [await make(1), await make(2)];
}

/** Two schedules and two webhooks, the first with two messages in its log. */
async function makeTriggers({ http, url }: ApiClient, agentId: string, marker: string): Promise<[string, string]> {
  const [schedule] = await twice((each) =>
    http.ask<{ id: string }>('POST', '/schedules', {
      agentId,
      name: `${marker} schedule ${each}`,
      cron: '0 9 1 1 *',
      timeZone: 'UTC',
      input: { name: marker },
    }),
  );
  const [webhook] = await twice((each) =>
    http.ask<MadeWebhook>('POST', '/webhooks', { agentId, name: `${marker} webhook ${each}` }),
  );
  await twice((each) => callWebhook(url, webhook, { name: marker }, `${marker}-${each}`));
  return [schedule.id, webhook.id];
}

/** Two credentials, with a sign-in that nobody ends. @returns the id of the first */
async function makeCredentials({ http }: ApiClient, marker: string): Promise<string> {
  const [credential] = await twice((each) =>
    http.ask<{ id: string }>('POST', '/integrations', {
      kind: 'oauth2',
      name: `${marker} credential ${each}`,
      fields: {
        authorizationUrl: 'https://service.example.com/authorize',
        tokenUrl: 'https://service.example.com/token',
        clientId: marker,
        clientSecret: 'nothing that opens anything',
      },
      allowedHosts: ['service.example.com'],
    }),
  );
  await http.ask('POST', `/integrations/${credential.id}/authorize`);
  return credential.id;
}

/** What the organisation has decided about models, and a run that has asked one. */
async function makeModels({ http, agents, executions }: ApiClient, marker: string): Promise<void> {
  await http.ask('PUT', '/models/policy', {
    fallbackModels: [`${marker}/large`],
    allowedModels: null,
    unknownPrice: 'allow',
    guardAction: 'flag',
    guardThreshold: 60,
  });
  await twice((each) =>
    http.ask('PUT', `/models/${marker}%2Flarge-${each}`, { enabled: true, label: `${marker} model ${each}` }),
  );
  const agentId = await agents.publishNew(summary(), `${marker} summaries`);
  await executions.run({ agentId, input: { text: marker } });
}

/** A prepaid balance that was paid in to twice, and money that a call has set aside and given back. */
async function makeMoney(
  app: NestExpressApplication,
  { http }: ApiClient,
  run: { readonly orgId: string; readonly userId: string; readonly executionId: string },
  marker: string,
): Promise<void> {
  await http.ask('PUT', '/billing/budgets', {
    prepaid: true,
    orgDayMicroUsd: null,
    orgMonthMicroUsd: null,
    userDayMicroUsd: null,
    runMicroUsd: null,
  });
  await twice((each) => http.ask('POST', '/billing/top-ups', { amountMicroUsd: 1_000_000, note: `${marker} ${each}` }));
  const escrow = app.get(Escrow, { strict: false });
  await escrow.release(await escrow.reserve({ ...run, runBudgetMicroUsd: null, amountMicroUsd: 1 }));
}

/** Two prompts, the first with two versions. @returns the id of the first */
async function makePrompts({ http }: ApiClient, marker: string): Promise<string> {
  const [prompt] = await twice((each) =>
    http.ask<{ id: string }>('POST', '/prompts', { name: `${marker}-prompt-${each}`, description: marker }),
  );
  await twice(async (each) => {
    const variables = [{ name: 'text', type: 'text' }];
    await http.ask('PUT', `/prompts/${prompt.id}/draft`, { user: `${marker} ${each}: {{ text }}`, variables });
    await http.ask('POST', `/prompts/${prompt.id}/publish`, { note: marker });
  });
  return prompt.id;
}

/** Two tool sets with a tool each. @returns the id of the first */
async function makeToolSets({ http }: ApiClient, marker: string): Promise<string> {
  const [set] = await twice((each) =>
    http.ask<{ id: string }>('POST', '/tool-sets', {
      kind: 'openapi',
      name: `${marker} tool set ${each}`,
      slug: `${marker.slice(0, 20).toLowerCase()}_${each}`,
      url: 'https://api.example.com',
      document: JSON.stringify({
        openapi: '3.1.0',
        paths: { '/ping': { get: { operationId: 'ping', summary: marker } } },
      }),
      operations: ['ping'],
    }),
  );
  return set.id;
}

/** A private address: its callback is given up at once, and nothing changes by itself afterwards. */
const UNREACHABLE = 'http://127.0.0.1:9/';

async function callbackGivenUp({ http }: ApiClient, executionId: string): Promise<void> {
  await eventually(async () => {
    const { state } = await http.ask<{ state: string }>('GET', `/executions/${executionId}/callback`);
    if (state !== 'given_up') throw new Error(`The callback to a private address is ${state}.`);
  });
}

/** Two runs that ask a person. @returns the id of one of the waits */
async function openWaits(owner: ApiClient, marker: string): Promise<string> {
  const agentId = await owner.agents.publishNew(approval(marker), `${marker} approvals`);
  const [first] = await twice(async () => owner.executions.waiting((await owner.executions.start({ agentId })).id));
  return first.waits[0]?.id ?? '';
}
