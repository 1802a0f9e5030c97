import { randomBytes } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { OrgDatabase } from '#tenancy';
import { eventually } from '../browser/support/eventually.js';
import type { ApiClient } from '../support/clients/api.client.js';
import { approval } from '../support/graphs/approval.js';
import { greeting } from '../support/graphs/greeting.js';
import { callWebhook, type MadeWebhook } from '../support/call-webhook.js';
import { newMember, newOrg } from '../support/new-org.js';

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
  readonly waitId: string;
  readonly apiKeyId: string;
  readonly invitationId: string;
  readonly roleId: string;
  readonly teamId: string;
  readonly scheduleId: string;
  readonly webhookId: string;
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
  const [execution, another] = await twice(() =>
    owner.executions.run({ agentId: agent.id, input: { name: marker }, callbackUrl: `${UNREACHABLE}${marker}` }),
  );
  for (const { id } of [execution, another]) await callbackGivenUp(owner, id);
  const [schedule, webhook] = await makeTriggers(owner, agent.id, marker);
  await writeLogLine(app, org.orgId, execution.id, marker);
  await writeEffect(app, org.orgId, execution.id, marker);
  const waitId = await openWaits(owner, marker);
  return {
    marker,
    client: owner,
    ids: {
      orgId: org.orgId,
      agentId: agent.id,
      executionId: execution.id,
      waitId,
      apiKeyId: key.id,
      invitationId: invitation.id,
      roleId: role.id,
      teamId: team.id,
      scheduleId: schedule,
      webhookId: webhook,
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

/** A private address: its callback is given up at once, and nothing changes by itself afterwards. */
const UNREACHABLE = 'http://127.0.0.1:9/';

async function callbackGivenUp({ http }: ApiClient, executionId: string): Promise<void> {
  await eventually(async () => {
    const { state } = await http.ask<{ state: string }>('GET', `/executions/${executionId}/callback`);
    if (state !== 'given_up') throw new Error(`The callback to a private address is ${state}.`);
  });
}

/** No step of a small graph writes one by itself, and only the system role may write journal tables. */
async function writeLogLine(
  app: NestExpressApplication,
  orgId: string,
  executionId: string,
  text: string,
): Promise<void> {
  await app
    .get(OrgDatabase)
    .acrossOrgsStatement(
      'a test writes the log line that no step writes',
      `INSERT INTO execution_log (org_id, execution_id, seq, step_path, level, message) VALUES ($1, $2, 1, 'greet', 'info', $3)`,
      [orgId, executionId, text],
    );
}

/** Only the system role may write journal tables, and no step of a small graph acts on the outside world. */
async function writeEffect(
  app: NestExpressApplication,
  orgId: string,
  executionId: string,
  text: string,
): Promise<void> {
  await app.get(OrgDatabase).acrossOrgsStatement(
    'a test writes the effect that no step has',
    `INSERT INTO effect (org_id, execution_id, path, call, round, state, request_hash, response)
       VALUES ($1, $2, 'greet', 'http', 1, 'completed', $3, to_json($3::text))`,
    [orgId, executionId, text],
  );
}

/** Two runs that ask a person. @returns the id of one of the waits */
async function openWaits(owner: ApiClient, marker: string): Promise<string> {
  const agentId = await owner.agents.publishNew(approval(marker), `${marker} approvals`);
  const [first] = await twice(async () => owner.executions.waiting((await owner.executions.start({ agentId })).id));
  return first.waits[0]?.id ?? '';
}
