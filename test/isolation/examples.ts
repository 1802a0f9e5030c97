import { randomUUID } from 'node:crypto';
import type { Route } from '../support/application-routes.js';
import { greeting } from '../support/graphs/greeting.js';
import type { OrganisationIds } from './organisation.js';

/** An id of something that one organisation owns. */
type Owned = (ids: OrganisationIds) => string;

/** What stands in a path: an id that belongs to an organisation, or a value that is nobody's. */
type PathExample = { readonly owned: Owned } | { readonly plain: string };

const HERE = 'test/isolation/examples.ts';

/** By the segment before the parameter and its name. */
const PATH: Readonly<Record<string, PathExample>> = {
  'agents/:id': { owned: ({ agentId }) => agentId },
  'executions/:id': { owned: ({ executionId }) => executionId },
  'waits/:waitId': { owned: ({ waitId }) => waitId },
  'payloads/:hash': { owned: ({ payloadHash }) => payloadHash },
  'api-keys/:id': { owned: ({ apiKeyId }) => apiKeyId },
  'invitations/:id': { owned: ({ invitationId }) => invitationId },
  'roles/:id': { owned: ({ roleId }) => roleId },
  'teams/:id': { owned: ({ teamId }) => teamId },
  'schedules/:id': { owned: ({ scheduleId }) => scheduleId },
  'webhooks/:id': { owned: ({ webhookId }) => webhookId },
  'webhook-endpoints/:id': { owned: ({ webhookEndpointId }) => webhookEndpointId },
  'deliveries/:deliveryId': { owned: ({ endpointDeliveryId }) => endpointDeliveryId },
  'conversations/:id': { owned: ({ conversationId }) => conversationId },
  'integrations/:id': { owned: ({ integrationId }) => integrationId },
  'prompts/:id': { owned: ({ promptId }) => promptId },
  'tool-sets/:id': { owned: ({ toolSetId }) => toolSetId },
  'members/:userId': { owned: ({ userId }) => userId },
  'tools/:name': { plain: 'calculator' },
  'models/:id': { plain: 'openai%2Fgpt-4.1' },
  'models/:model': { plain: 'simulated%2Foffline' },
  'templates/:slug': { plain: 'summarise-text' },
  'versions/:number': { plain: '1' },
  'versions/:a': { plain: '1' },
  'diff/:b': { plain: 'draft' },
  // The secret of a link is a credential and names its organisation; whoever guesses finds nothing.
  'invitations/:token': { plain: 'nobody-was-ever-given-this-link' },
  'hooks/:token': { plain: 'nobody-was-given-this-address-yet' },
};

/** Fields of bodies and queries that point at something of an organisation. Every name that ends in Id or Ids must be here. */
const POINTERS: Readonly<Record<string, Owned>> = {
  agentId: ({ agentId }) => agentId,
  triggerId: ({ scheduleId }) => scheduleId,
  parentId: ({ executionId }) => executionId,
  userId: ({ userId }) => userId,
  conversationId: ({ conversationId }) => conversationId,
  credentialId: ({ integrationId }) => integrationId,
  promptId: ({ promptId }) => promptId,
  role: ({ roleId }) => `custom:${roleId}`,
};

/** Fields that look like pointers and are only what a sender calls its own request. */
const OWN_NUMBERS: Readonly<Record<string, readonly string[]>> = { '/mcp': ['id'] };

const graph = greeting('Hi');

/** Needs nobody on the network. */
const TOOL_DOCUMENT = JSON.stringify({ openapi: '3.1.0', paths: { '/ping': { get: { operationId: 'ping' } } } });

/** A body that is accepted, by the name of its schema in the OpenAPI document. */
const BODIES: Readonly<Record<string, (ids: OrganisationIds) => Record<string, unknown>>> = {
  SignUpRequest: () => ({ email: `${randomUUID()}@example.com`, password: 'a long password', orgName: 'Newcomers' }),
  LogInRequest: () => ({ email: 'nobody@example.com', password: 'a long password' }),
  LinkRequest: () => ({ token: 'not-a-token' }),
  LogOutRequest: () => ({ everywhere: false }),
  ForgotPasswordRequest: () => ({ email: 'nobody@example.com' }),
  ResetPasswordRequest: () => ({ token: 'not-a-token', password: 'a long password' }),
  ChangePasswordRequest: () => ({ currentPassword: 'not my password', newPassword: 'a longer password' }),
  UpdateOrganisationRequest: () => ({ name: 'Renamed' }),
  CreateOrganisationRequest: () => ({ name: 'One more' }),
  UpdateMemberRequest: () => ({ role: 'viewer' }),
  CreateInvitationRequest: () => ({ email: 'guest@example.com', role: 'viewer' }),
  CreateApiKeyRequest: () => ({ name: 'Key', scopes: ['agents:read'] }),
  CreateTeamRequest: () => ({ name: 'Team' }),
  UpdateTeamRequest: () => ({ name: 'Renamed' }),
  AddTeamMemberRequest: ({ userId }) => ({ userId }),
  CreateRoleRequest: () => ({ name: 'Role', permissions: ['agents:read'] }),
  UpdateRoleRequest: () => ({ name: 'Renamed' }),
  CreateAgent: () => ({ name: 'Agent' }),
  UpdateAgent: () => ({ name: 'Renamed' }),
  NameAgent: () => ({ name: 'Copy' }),
  PublishAgent: () => ({ note: 'A note' }),
  AgentFile: () => ({ format: 'agentflow/agent', formatVersion: 1, name: 'Imported', graph }),
  Graph: () => ({ ...graph }),
  CreatePrompt: () => ({ name: `prompt-${randomUUID()}` }),
  UpdatePrompt: () => ({ description: 'Changed' }),
  DuplicatePrompt: () => ({ name: `prompt-${randomUUID()}` }),
  PublishPrompt: () => ({ note: 'A note' }),
  PromptContent: () => ({ user: 'Hello' }),
  RenderPrompt: ({ promptId }) => ({ promptId, version: 1, variables: { text: 'Hello' } }),
  TryPrompts: ({ promptId }) => ({
    candidates: [
      { promptId, version: 1, model: 'simulated/offline' },
      { draft: { user: 'Hello' }, model: 'simulated/offline' },
    ],
    variables: { text: 'Hello' },
  }),
  CreateToolSetRequest: () => ({
    kind: 'openapi',
    name: `Tool set ${randomUUID()}`,
    url: 'https://api.example.com',
    document: TOOL_DOCUMENT,
    operations: ['ping'],
  }),
  PreviewOpenApiRequest: () => ({ document: TOOL_DOCUMENT }),
  RefreshToolSetRequest: () => ({ document: TOOL_DOCUMENT }),
  UpdateToolSetRequest: () => ({ name: `Renamed ${randomUUID()}` }),
  RunToolRequest: () => ({ arguments: { expression: '2 + 3' } }),
  CreateScheduleRequest: ({ agentId }) => ({
    agentId,
    name: 'Schedule',
    cron: '0 9 * * *',
    timeZone: 'UTC',
    input: { name: 'Ada' },
  }),
  UpdateScheduleRequest: () => ({ name: 'Renamed' }),
  CreateWebhookRequest: ({ agentId }) => ({ agentId, name: 'Webhook' }),
  UpdateWebhookRequest: () => ({ name: 'Renamed' }),
  RotateSecretRequest: () => ({}),
  CreateWebhookEndpointRequest: () => ({
    name: 'Endpoint',
    url: 'https://example.com/hook',
    events: ['execution.failed'],
  }),
  UpdateWebhookEndpointRequest: () => ({ name: 'Renamed' }),
  ReplayFailedRequest: () => ({ since: '2026-01-01T00:00:00.000Z' }),
  CreateCredentialRequest: () => ({
    kind: 'http-bearer',
    name: 'Credential',
    fields: { token: 'nothing that opens anything' },
    allowedHosts: ['api.example.com'],
  }),
  UpdateCredentialRequest: () => ({ name: 'Renamed' }),
  CompleteSignInRequest: () => ({ state: 'nobody-has-begun-this', code: 'code' }),
  OverrideModel: () => ({ enabled: true, label: 'Ours' }),
  SaveModelPolicy: () => ({
    fallbackModels: [],
    allowedModels: null,
    unknownPrice: 'allow',
    guardAction: 'flag',
    guardThreshold: 60,
  }),
  StartExecution: ({ agentId }) => ({ agentId, input: { name: 'Ada' } }),
  SetRunBudgetRequest: () => ({ budgetMicroUsd: 1_000_000 }),
  SaveBudgetsRequest: () => ({
    prepaid: false,
    orgDayMicroUsd: null,
    orgMonthMicroUsd: null,
    userDayMicroUsd: 10_000_000,
    runMicroUsd: null,
  }),
  CreateTopUpRequest: () => ({ amountMicroUsd: 1_000_000 }),
  Chat: ({ agentId }) => ({ agentId, message: 'Hello', context: { name: 'Ada' } }),
  UpdateConversation: () => ({ title: 'Renamed' }),
  UpdateConversationSession: () => ({ session: {} }),
  ChatCompletionRequest: () => ({ model: 'simulated/offline', messages: [{ role: 'user', content: 'Hello' }] }),
  ResponseRequest: () => ({ model: 'simulated/offline', input: 'Hello' }),
  EmbeddingsRequest: () => ({ model: 'simulated/lexical', input: 'Hello' }),
  DecideWait: () => ({ decision: 'approved', payloadHash: '0'.repeat(64) }),
  McpMessage: () => ({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'client', version: '1' } },
  }),
  SendEvent: () => ({ name: 'nobody.waits.for.this' }),
};

/** Queries without which a route answers nothing. */
const QUERIES: Readonly<Record<string, string>> = {
  'GET /api/v1/schedules/preview': '?cron=@daily&timeZone=UTC',
};

export interface PathParameter {
  /** `:id`, as it stands in the path. */
  readonly segment: string;
  readonly position: number;
  readonly example: PathExample;
}

/** @throws Error that says where to add an example for a parameter that none is known for */
export function pathParametersOf({ method, path }: Route): PathParameter[] {
  const segments = path.split('/');
  return segments.flatMap((segment, position) => {
    if (!segment.startsWith(':')) return [];
    const name = `${segments[position - 1] ?? ''}/${segment}`;
    const example = PATH[name];
    if (!example) throw new Error(`${method} ${path}: add an example of '${name}' to PATH in ${HERE}.`);
    return [{ segment, position, example }];
  });
}

/** The query that a route must have; empty for most. */
export function queryOf({ method, path }: Route): string {
  return QUERIES[`${method} ${path}`] ?? '';
}

/** The fields of these that point at something of an organisation. @throws Error for a name that looks like one and is not known */
export function pointersAmong(fields: readonly string[], { method, path }: Route): { field: string; value: Owned }[] {
  return fields.flatMap((field) => {
    const value = POINTERS[field];
    if (!value && /(^i|I)ds?$/.test(field) && !(OWN_NUMBERS[path] ?? []).includes(field)) {
      throw new Error(`${method} ${path}: say what the field '${field}' points at, in POINTERS in ${HERE}.`);
    }
    return value ? [{ field, value }] : [];
  });
}

/** @throws Error that says where to add an example for a body that none is known for */
export function bodyOf(schema: string, ids: OrganisationIds, { method, path }: Route): Record<string, unknown> {
  const make = BODIES[schema];
  if (!make) throw new Error(`${method} ${path}: add an example of its body ${schema} to BODIES in ${HERE}.`);
  return make(ids);
}

/** Ids that look right and are nobody's. */
export function idsOfNobody(): OrganisationIds {
  return {
    orgId: randomUUID(),
    agentId: randomUUID(),
    executionId: randomUUID(),
    waitId: randomUUID(),
    payloadHash: 'f'.repeat(64),
    apiKeyId: randomUUID(),
    invitationId: randomUUID(),
    roleId: randomUUID(),
    teamId: randomUUID(),
    scheduleId: randomUUID(),
    webhookId: randomUUID(),
    webhookEndpointId: randomUUID(),
    endpointDeliveryId: randomUUID(),
    conversationId: randomUUID(),
    integrationId: randomUUID(),
    promptId: randomUUID(),
    toolSetId: randomUUID(),
    userId: randomUUID(),
  };
}
