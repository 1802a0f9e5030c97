import { type Route, routesOf } from '../support/application-routes.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';
import { ApiDocument } from './api-document.js';
import { bodyOf } from './examples.js';
import { inParallel } from './in-parallel.js';
import { type Identity, makeOrganisation, type Organisation } from './organisation.js';
import { changedTables, printRows } from './organisation-rows.js';
import { closeConnections } from './raw-request.js';
import { pathFor, sendAs } from './requests.js';

/**
 * Answers that name an unknown field, where 400 is not the whole story: a draft keeps what was drawn and says what is
 * wrong with it (422, or 200 when it was only asked for that), so its row may change, but not whose it is.
 */
const STATUSES: Readonly<Record<string, readonly number[]>> = { Graph: [400, 422, 200], AgentFile: [400, 422] };

/** Fields that a row has and a request must not, with values that would do harm; as JSON text, because of `__proto__`. */
function harmfulFields({ ids }: Organisation): Record<string, string> {
  const text = (value: unknown): string => JSON.stringify(value);
  return {
    id: text(ids.agentId),
    orgId: text(ids.orgId),
    org_id: text(ids.orgId),
    organizationId: text(ids.orgId),
    tenantId: text(ids.orgId),
    workspaceId: text(ids.orgId),
    ownerId: text(ids.userId),
    userId: text(ids.userId),
    createdByUserId: text(ids.userId),
    role: text('owner'),
    user_role: text('owner'),
    permissions: text(['org:write']),
    plan: text('enterprise'),
    credits: text(1_000_000),
    status: text('succeeded'),
    createdAt: text('2001-01-01T00:00:00.000Z'),
    isSystem: 'true',
    encrypted: 'false',
    publishedVersion: '99',
    revokedAt: 'null',
    __entity: text('Agent'),
    __proto__x: text({}),
    ['__proto__']: text({ orgId: ids.orgId }),
    constructor: text({ prototype: { orgId: ids.orgId } }),
    prototype: text({ orgId: ids.orgId }),
    toString: text('not a function'),
  };
}

/** Its body is the sender's, in whatever words; nothing of it becomes a field of ours. */
const AS_SENT = '/hooks/:token';

/** Fields that no request has, in every request that has a body: the server refuses instead of picking what it likes. */
describe('fields that are the server’s own', () => {
  let running: InProcess;
  let document: ApiDocument;
  let routes: Route[];
  let mine: Organisation;
  let theirs: Organisation;

  beforeAll(async () => {
    running = await startInProcess();
    document = await ApiDocument.of(running.url);
    routes = routesOf(running.app).filter(
      ({ handler, method, path }) =>
        handler !== null && ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) && path !== AS_SENT,
    );
    mine = await makeOrganisation(running.app, running.url, 'alpha');
    theirs = await makeOrganisation(running.app, running.url, 'bravo');
  });

  afterAll(async () => {
    closeConnections();
    await running?.stop();
  });

  it('are refused wherever something is written, and change nothing', async () => {
    const owner = mine.identities[0] as Identity;
    const attempts = routes.flatMap((route) => {
      const { body, bodyFields } = document.inputOf(route);
      return Object.entries(harmfulFields(theirs))
        .filter(([field]) => !bodyFields.includes(field))
        .map(([field, value]) => ({ route, body, field, value }));
    });
    expect(attempts.length).toBeGreaterThan(500);
    const orgs = [mine.ids.orgId, theirs.ids.orgId];
    const before = await Promise.all(orgs.map((orgId) => printRows(running.app, orgId)));
    const owners = await printRows(running.app, mine.ids.orgId, ['id', 'org_id', 'created_at']);

    const findings = await inParallel(attempts, async ({ route, body, field, value }) => {
      const example = body === null ? '{}' : JSON.stringify(bodyOf(body, mine.ids, route));
      const request = {
        method: route.method,
        path: pathFor(route, mine.ids),
        body: `${example.slice(0, -1)}${example === '{}' ? '' : ','}"${field}":${value}}`,
      };
      const { status, text } = await sendAs(running.url, owner, request);
      const isRefused = (STATUSES[body ?? ''] ?? [400]).includes(status) && text.includes('unknown_field"');
      return isRefused ? [] : [`${route.method} ${route.path} with ${field}: ${status} ${text}`];
    });

    expect(findings.flat()).toEqual([]);
    const after = await Promise.all(orgs.map((orgId) => printRows(running.app, orgId)));
    const changed = before.map((prints, index) => changedTables(prints, after[index] ?? {}).filter(isKept));
    expect(changed).toEqual([['agent'], []]);
    const ownersAfter = await printRows(running.app, mine.ids.orgId, ['id', 'org_id', 'created_at']);
    expect(changedTables(owners, ownersAfter).filter(isKept)).toEqual([]);
    expect(({} as Record<string, unknown>)['orgId']).toBeUndefined();
  });
});

/** Requests are counted whether or not they are refused: that is what a rate is. */
function isKept(table: string): boolean {
  return table !== 'rate_window';
}
