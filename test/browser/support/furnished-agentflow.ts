import { randomUUID } from 'node:crypto';
import type { Graph } from '../../support/clients/agents.client.js';
import { askFirst } from '../../support/graphs/ask-first.js';
import { chain } from '../../support/graphs/chain.js';
import { type AgentFlow, firstOwner } from '../../support/start-agentflow.js';
import { furnishToolSet } from './furnish-tool-set.js';
import type { Screen } from './screens.js';

/** An organisation that has been worked in: agents with versions, runs of every kind, an invitation, a key. */
export interface Furnished {
  readonly agentId: string;
  readonly runId: string;
  readonly failedRunId: string;
  readonly waitingRunId: string;
  readonly brokenAgentId: string;
  readonly webhookId: string;
  readonly endpointId: string;
  /** A delivery that was refused. */
  readonly deliveryId: string;
  readonly toolSetId: string;
  readonly invitationToken: string;
}

/** Fills the first organisation of an installation. */
export async function furnish({ client, url }: AgentFlow): Promise<Furnished> {
  const owner = await signIn({ client, url } as AgentFlow);
  const templates = await client.agents.templates();
  const triage = templates.find(({ slug }) => slug === 'triage-support-ticket');
  const { id: agentId } = await client.agents.fromTemplate('triage-support-ticket');
  const run = await client.executions.run({ agentId, input: triage?.sampleInput });
  const { graph } = await client.agents.draft(agentId);
  await client.agents.draw(agentId, withOtherPrompt(graph));
  await client.agents.publish(agentId, 'Asks for urgency in the first line');

  const failing = await client.agents.publishNew(failingGraph(), 'Fetch the price list');
  const failed = await client.executions.run({ agentId: failing, input: { list: 'autumn' } });
  for (const input of [{ list: 'a' }, { list: 'b' }]) await client.executions.run({ agentId: failing, input });

  const asking = await client.agents.publishNew(askFirst(), 'Refunds');
  const decided = await client.executions.start({ agentId: asking, input: { customer: 'Alan Turing', amount: 900 } });
  await client.executions.tryDecide(decided.id, 'rejected');
  const waiting = await client.executions.start({ agentId: asking, input: { customer: 'Grace Hopper', amount: 120 } });
  await client.executions.waiting(waiting.id);

  const broken = await client.agents.create('Half drawn');
  await client.agents.tryDraw(broken.id, brokenGraph());
  await client.http.ask('POST', '/schedules', {
    agentId: failing,
    name: 'Price list every morning',
    cron: '0 7 * * MON-FRI',
    timeZone: 'Europe/Berlin',
    input: { list: 'autumn' },
  });
  const { id: webhookId } = await client.http.ask<{ id: string }>('POST', '/webhooks', {
    agentId: failing,
    name: 'Shop has new prices',
  });
  const { id: endpointId } = await client.http.ask<{ id: string }>('POST', '/webhook-endpoints', {
    name: 'Order system',
    url: 'http://127.0.0.1:9/agentflow',
    events: ['endpoint.disabled'],
  });
  const { deliveryId } = await client.http.ask<{ deliveryId: string }>('POST', `/webhook-endpoints/${endpointId}/test`);
  await client.org.createApiKey(['agents:read', 'executions:start'], 'Nightly import');
  const budgets = { orgDayMicroUsd: 5_000_000, orgMonthMicroUsd: null, userDayMicroUsd: null, runMicroUsd: 250_000 };
  await client.http.ask('PUT', '/billing/budgets', { prepaid: true, ...budgets });
  await client.http.ask('POST', '/billing/top-ups', { amountMicroUsd: 25_000_000, note: 'Invoice 2026-11' });
  const price = { validFrom: '2026-11-01', inputMicroUsd: 300_000, cachedInputMicroUsd: 0, outputMicroUsd: 900_000 };
  await client.http.ask('PUT', '/models/ollama%2Fhouse', { enabled: true, label: 'House model', prices: [price] });
  const { link } = await owner.org.invite(`grace-${randomUUID().slice(0, 8)}@example.com`, 'editor');
  return {
    agentId,
    runId: run.id,
    failedRunId: failed.id,
    waitingRunId: waiting.id,
    brokenAgentId: broken.id,
    webhookId,
    endpointId,
    deliveryId,
    toolSetId: await furnishToolSet(client),
    invitationToken: new URL(link).searchParams.get('token') ?? link.split('/').at(-1) ?? '',
  };
}

/** Every screen of the dashboard, in such an organisation. */
export function screensOf({
  agentId,
  runId,
  failedRunId,
  brokenAgentId,
  webhookId,
  endpointId,
  deliveryId,
  toolSetId,
  invitationToken,
  waitingRunId,
}: Furnished): Screen[] {
  return [
    { name: 'sign-in', path: '/sign-in', shows: 'Sign in', anonymous: true },
    { name: 'sign-up', path: '/sign-up', shows: 'password', anonymous: true },
    { name: 'forgot-password', path: '/forgot-password', shows: 'password', anonymous: true },
    { name: 'reset-password', path: '/reset-password?token=abc', shows: 'password', anonymous: true },
    { name: 'invitation', path: `/accept-invitation?token=${invitationToken}`, shows: 'Join', anonymous: true },
    { name: 'home', path: '/', shows: 'First steps' },
    { name: 'agents', path: '/agents', shows: 'Half drawn' },
    { name: 'agents-none-match', path: '/agents?search=zebra', shows: 'No agent matches' },
    { name: 'new-agent', path: '/agents/new', shows: 'Use template' },
    { name: 'editor', path: `/agents/${agentId}`, shows: 'Whose is it?' },
    { name: 'editor-node', path: `/agents/${agentId}?node=classify`, shows: 'Leads to' },
    { name: 'editor-outline', path: `/agents/${agentId}?outline=true`, shows: 'Outline' },
    { name: 'editor-publish', path: `/agents/${agentId}?panel=publish`, shows: 'What changes' },
    { name: 'editor-run', path: `/agents/${agentId}?panel=run`, shows: 'Subject' },
    { name: 'editor-problems', path: `/agents/${brokenAgentId}?panel=problems`, shows: 'problems' },
    { name: 'versions', path: `/agents/${agentId}/versions`, shows: 'Compare with' },
    { name: 'agent-runs', path: `/agents/${agentId}/runs`, shows: 'Succeeded' },
    { name: 'runs', path: '/runs', shows: 'Fetch the price list' },
    { name: 'runs-none-match', path: '/runs?status=cancelled', shows: 'No run matches' },
    { name: 'run', path: `/runs/${runId}`, shows: 'Draft a reply' },
    { name: 'run-step', path: `/runs/${runId}?step=reply`, shows: 'Prompt as sent' },
    { name: 'run-prompt', path: `/runs/${runId}?step=reply&panel=prompt`, shows: 'customers of a software company' },
    { name: 'run-model-calls', path: `/runs/${runId}?step=reply&panel=models`, shows: 'simulated/offline' },
    { name: 'run-graph', path: `/runs/${runId}?tab=graph`, shows: 'Whose is it?' },
    { name: 'run-events', path: `/runs/${runId}?tab=events`, shows: 'execution-end' },
    { name: 'run-json', path: `/runs/${runId}?tab=json`, shows: 'queuedMs' },
    { name: 'run-failed', path: `/runs/${failedRunId}`, shows: 'failed' },
    { name: 'run-waiting', path: `/runs/${waitingRunId}`, shows: 'Decide' },
    { name: 'run-decision', path: `/runs/${waitingRunId}?step=ask`, shows: 'Note for the customer' },
    { name: 'run-not-found', path: `/runs/${randomUUID()}`, shows: 'There is no run', refusals: true },
    { name: 'approvals', path: '/approvals', shows: 'Refund 120 € to Grace Hopper?' },
    { name: 'approvals-decided', path: '/approvals?state=answered', shows: 'Refund 900 € to Alan Turing?' },
    { name: 'not-found', path: '/nowhere', shows: 'There is nothing at this address' },
    { name: 'schedules', path: '/schedules', shows: 'Price list every morning' },
    { name: 'schedules-new', path: '/schedules?form=new', shows: 'Next, on your clock' },
    { name: 'webhooks', path: '/schedules/webhooks', shows: 'Shop has new prices' },
    { name: 'webhooks-new', path: '/schedules/webhooks?form=new', shows: 'How the sender signs' },
    { name: 'webhooks-log', path: `/schedules/webhooks?log=${webhookId}`, shows: 'No message yet' },
    { name: 'agent-triggers', path: `/agents/${agentId}/triggers`, shows: 'Nothing starts this agent by itself' },
    { name: 'models', path: '/models', shows: 'House model' },
    { name: 'models-none-match', path: '/models?search=zebra', shows: 'No model matches' },
    { name: 'models-change', path: '/models?form=ollama/house', shows: 'Back to the catalogue' },
    { name: 'models-rules', path: '/models?view=rules', shows: 'When a model fails' },
    { name: 'models-health', path: '/models?view=health', shows: 'simulated/offline' },
    { name: 'tools', path: '/tools', shows: 'github_list_issues' },
    { name: 'tools-try', path: '/tools?tool=calculator', shows: 'Run calculator' },
    { name: 'tool-sets', path: '/tools/sets', shows: 'Ticket desk' },
    { name: 'tool-sets-new', path: '/tools/sets/new', shows: 'Add server' },
    { name: 'tool-sets-import', path: '/tools/sets/import', shows: 'Read document' },
    { name: 'tool-set', path: `/tools/sets/${toolSetId}`, shows: 'sends its history to the archive' },
    { name: 'credentials', path: '/credentials', shows: 'No credentials yet' },
    { name: 'credentials-new', path: '/credentials?form=new', shows: 'New credential' },
    { name: 'credentials-connected', path: '/credentials/connected', shows: 'The sign-in was not completed' },
    { name: 'usage', path: '/usage', shows: 'Paid in' },
    { name: 'settings-profile', path: '/settings/profile', shows: 'password' },
    { name: 'settings-organisation', path: '/settings/organisation', shows: 'Short name' },
    { name: 'settings-members', path: '/settings/members', shows: 'Invitations' },
    { name: 'settings-roles', path: '/settings/roles', shows: 'viewer' },
    { name: 'settings-teams', path: '/settings/teams', shows: 'eam' },
    { name: 'settings-api-keys', path: '/settings/api-keys', shows: 'Nightly import' },
    { name: 'settings-mcp', path: '/settings/mcp', shows: 'Claude Code' },
    { name: 'settings-endpoints', path: '/settings/webhook-endpoints', shows: 'Order system' },
    { name: 'settings-endpoints-new', path: '/settings/webhook-endpoints?form=new', shows: 'execution.held' },
    { name: 'settings-endpoint', path: `/settings/webhook-endpoints/${endpointId}`, shows: 'endpoint.test' },
    {
      name: 'settings-endpoint-delivery',
      path: `/settings/webhook-endpoints/${endpointId}?delivery=${deliveryId}`,
      shows: 'apiVersion',
    },
    { name: 'new-organisation', path: '/organisations/new', shows: 'Make organisation' },
  ];
}

/** The owner by password: an API key cannot invite. */
async function signIn({ client }: AgentFlow) {
  const { body } = await client.auth.logIn(firstOwner.email, firstOwner.password);
  return client.as(body.accessToken);
}

function withOtherPrompt(graph: Graph): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      node.id === 'reply'
        ? {
            ...node,
            config: {
              ...node.config,
              system: 'You answer customers of a software company. Begin with how urgent it is.',
            },
          }
        : node,
    ),
  };
}

function failingGraph(): Graph {
  return chain([
    { id: 'read', kind: 'transform', name: 'Read the order', config: { expression: '{ "list": input.list }' } },
    {
      id: 'fetch',
      kind: 'http',
      name: 'Ask for prices',
      config: { method: 'GET', url: 'http://127.0.0.1:9/prices' },
      retry: { maxAttempts: 2, backoffMs: 200 },
    },
  ]);
}

function brokenGraph(): Graph {
  return chain([
    { id: 'big', kind: 'condition', name: 'A large order?', config: { expression: 'input.amount >' } },
    { id: 'call', kind: 'http', name: 'Tell the shop', config: { method: 'POST', url: '' } },
  ]);
}
