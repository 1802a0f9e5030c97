import { type Route, routesOf } from '../support/application-routes.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';
import { ApiDocument } from './api-document.js';
import { openApplicationLocks } from './application-locks.js';
import { bodyOf, idsOfNobody, pathParametersOf, pointersAmong } from './examples.js';
import { inParallel } from './in-parallel.js';
import { anonymous, type Identity, makeOrganisation, type Organisation } from './organisation.js';
import { changedTables, printRows, scopedTables } from './organisation-rows.js';
import { closeConnections, type RawAnswer, type RawRequest } from './raw-request.js';
import { codeOf, comparable, pathFor, requestFor, sendAs } from './requests.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Organisation A asks for everything of organisation B. Routes come from the router, so that a new one is asked for by
 * itself. Real: everything, in this process so that the application's own lock can be taken away.
 */
describe('every route, with the ids of another organisation', () => {
  let running: InProcess;
  let document: ApiDocument;
  let routes: Route[];
  let mine: Organisation;
  let theirs: Organisation;
  const nobodys = idsOfNobody();

  beforeAll(async () => {
    running = await startInProcess();
    document = await ApiDocument.of(running.url);
    routes = routesOf(running.app).filter(({ handler }) => handler !== null);
    mine = await makeOrganisation(running.app, running.url, 'alpha');
    theirs = await makeOrganisation(running.app, running.url, 'bravo');
  });

  afterAll(async () => {
    closeConnections();
    await running?.stop();
  });

  const askers = (): Identity[] => [...mine.identities, anonymous];
  const named = ({ method, path }: Route): string => `${method} ${path}`;

  /** Sends a request with B's ids and the same with nobody's; says what is wrong with the first answer. */
  async function compare(
    who: Identity,
    attack: RawRequest,
    twin: RawRequest,
    expected: (answer: RawAnswer) => boolean,
  ): Promise<string[]> {
    const [answer, control] = [await sendAs(running.url, who, attack), await sendAs(running.url, who, twin)];
    const told = `${attack.method} ${attack.path} ${attack.body ?? ''} as ${who.name}: ${answer.status} ${answer.text}`;
    const findings: string[] = [];
    if (!expected(answer)) findings.push(`not refused: ${told}`);
    if (comparable(answer, theirs.ids) !== comparable(control, nobodys)) {
      findings.push(`tells it from an id that does not exist (${comparable(control, nobodys)}): ${told}`);
    }
    if (leaks(answer, attack)) findings.push(`shows what is theirs: ${told}`);
    return findings;
  }

  function leaks({ text }: RawAnswer, { path, body = '' }: RawRequest): boolean {
    const secrets = [theirs.marker, ...Object.values(theirs.ids)] as string[];
    return secrets.some((secret) => text.includes(secret) && !path.includes(secret) && !body.includes(secret));
  }

  /** 401 for strangers, 403 by role, otherwise 404. */
  function refused({ access }: Route, who: Identity, ...more: number[]): (answer: RawAnswer) => boolean {
    return (answer) => {
      if (access?.kind === 'permission' && who.token !== null && !who.permissions.has(access.permission)) {
        return answer.status === 403;
      }
      if (who.token === null) return answer.status === 401;
      // Routes for everybody who is signed in decide about the role themselves.
      const allowed = access?.kind === 'authenticated' ? [403, 404, ...more] : [404, ...more];
      return allowed.includes(answer.status) && codeOf(answer) !== 'route.not_found';
    };
  }

  async function unchanged(work: () => Promise<string[]>): Promise<void> {
    const before = await printRows(running.app, theirs.ids.orgId);
    expect(await work()).toEqual([]);
    expect(changedTables(before, await printRows(running.app, theirs.ids.orgId))).toEqual([]);
  }

  it('is described in the OpenAPI document, and nothing else is', () => {
    const described = new Set(document.names());
    const missing = routes.filter((route) => !described.delete(named(route))).map(named);
    expect({ missing, gone: [...described] }).toEqual({ missing: [], gone: [] });
  });

  it('has something of both organisations in every table to be found', async () => {
    const tables = await scopedTables(running.app);
    for (const { ids } of [mine, theirs]) {
      const prints = await printRows(running.app, ids.orgId);
      const empty = tables.filter((table) => prints[table]?.startsWith('0 '));
      expect(empty.map((table) => `${table}: make a row of it in test/isolation/organisation.ts`)).toEqual([]);
    }
  });

  it('is tried with examples that are good: A reads what is its own', async () => {
    const [owner] = mine.identities;
    const reads = routes.filter(({ method, access }) => method === 'GET' && access?.kind !== 'public');
    const wrong = await inParallel(reads, async (route) => {
      const answer = await sendAs(running.url, owner as Identity, requestFor(route, document.inputOf(route), mine.ids));
      return answer.status === 200 && !leaks(answer, { method: 'GET', path: '' })
        ? []
        : [`${named(route)}: ${answer.text}`];
    });
    expect(wrong.flat()).toEqual([]);
  });

  describe.each([
    ['with both locks', false],
    ['with the application’s locks open, by the database alone', true],
  ])('%s', (_title, open) => {
    let close = (): void => undefined;
    beforeAll(() => {
      if (open) close = openApplicationLocks(running.app);
    });
    afterAll(() => close());

    it('is not found, for every method and everybody, when the path names something of theirs', async () => {
      const declared = new Set(routes.map(named));
      const attempts = routes.flatMap((route) =>
        foreignPositions(route).flatMap((positions) =>
          METHODS.flatMap((method) => askers().map((who) => ({ route, positions, method, who }))),
        ),
      );
      expect(attempts.length).toBeGreaterThan(500);
      await unchanged(async () => {
        const findings = await inParallel(attempts, async ({ route, positions, method, who }) => {
          const asked = { ...route, method: method === 'HEAD' ? 'GET' : method };
          const body = document.inputOf(asked).body;
          const request = (ids: Organisation['ids']): RawRequest => ({
            method,
            path: pathFor(route, mine.ids, { ids, positions }),
            ...(body !== null && { body: JSON.stringify(bodyOf(body, mine.ids, asked)) }),
          });
          const target = routes.find((each) => named(each) === named(asked));
          const expected = declared.has(named(asked)) ? refused(target ?? route, who) : isNoDoor;
          return compare(
            who,
            request(theirs.ids),
            request(nobodys),
            method === 'HEAD' ? sameStatus(expected) : expected,
          );
        });
        return findings.flat();
      });
    });

    it('is not found or not acceptable when the body names something of theirs', async () => {
      const attempts = routes.flatMap((route) => {
        const { body, bodyFields } = document.inputOf(route);
        if (body === null || route.access?.kind === 'public') return [];
        return pointersAmong(bodyFields, route).flatMap(({ field, value }) =>
          askers().map((who) => ({ route, body, field, value, who })),
        );
      });
      expect(attempts.length).toBeGreaterThan(15);
      await unchanged(async () => {
        const findings = await inParallel(attempts, async ({ route, body, field, value, who }) => {
          const request = (ids: Organisation['ids']): RawRequest => ({
            method: route.method,
            path: pathFor(route, mine.ids),
            body: JSON.stringify({ ...bodyOf(body, mine.ids, route), [field]: value(ids) }),
          });
          return compare(who, request(theirs.ids), request(nobodys), refused(route, who, 422));
        });
        return findings.flat();
      });
    });

    it('shows nothing of theirs when the query names it', async () => {
      const attempts = routes
        .filter(({ method, access }) => method === 'GET' && access?.kind !== 'public')
        .flatMap((route) => {
          const pointers = pointersAmong(document.inputOf(route).query, route);
          const guesses = ['orgId', 'org_id', 'tenantId', 'userId'].map((field) => ({
            field,
            value: (ids: Organisation['ids']) => (field === 'userId' ? ids.userId : ids.orgId),
          }));
          return [...pointers, ...guesses].flatMap((pointer) => askers().map((who) => ({ route, pointer, who })));
        });
      await unchanged(async () => {
        const findings = await inParallel(attempts, async ({ route, pointer, who }) => {
          const request = (ids: Organisation['ids']): RawRequest => ({
            method: 'GET',
            path: `${pathFor(route, mine.ids)}?${pointer.field}=${encodeURIComponent(pointer.value(ids))}`,
          });
          return compare(who, request(theirs.ids), request(nobodys), ({ status }) => status < 500);
        });
        return findings.flat();
      });
    });

    it('is not found when the request names their organisation', async () => {
      const closed = routes.filter(({ access }) => access?.kind !== 'public');
      const attempts = closed.flatMap((route) => askers().map((who) => ({ route, who })));
      await unchanged(async () => {
        const findings = await inParallel(attempts, async ({ route, who }) => {
          const request = (orgId: string): RawRequest => ({
            ...requestFor(route, document.inputOf(route), mine.ids),
            headers: { 'x-org-id': orgId },
          });
          const expected = ({ status }: RawAnswer): boolean => status === (who.token === null ? 401 : 404);
          return compare(who, request(theirs.ids.orgId), request(nobodys.orgId), expected);
        });
        return findings.flat();
      });
    });

    it('does not go on where one of their lists stopped', async () => {
      const lists = routes.filter(
        (route) => route.method === 'GET' && document.inputOf(route).query.includes('cursor'),
      );
      const [owner, theirOwner] = [mine.identities[0], theirs.identities[0]];
      const wrong = await inParallel(lists, async (route) => {
        const page = await sendAs(running.url, theirOwner as Identity, {
          method: 'GET',
          path: `${pathFor(route, theirs.ids)}?limit=1`,
        });
        const { nextCursor } = JSON.parse(page.text) as { nextCursor: string | null };
        if (nextCursor === null) return [`${named(route)}: make two rows of it in test/isolation/organisation.ts`];
        const path = `${pathFor(route, mine.ids)}?limit=1&cursor=${encodeURIComponent(nextCursor)}`;
        const answer = await sendAs(running.url, owner as Identity, { method: 'GET', path });
        return answer.status === 400 ? [] : [`${named(route)} took it: ${answer.status} ${answer.text}`];
      });
      expect(wrong.flat()).toEqual([]);
    });
  });
});

/** Each owned parameter foreign alone, and all of them at once. */
function foreignPositions(route: Route): number[][] {
  const owned = pathParametersOf(route).flatMap(({ example, position }) => ('owned' in example ? [position] : []));
  return owned.length < 2 ? owned.map((each) => [each]) : [owned, ...owned.map((each) => [each])];
}

/** A method that the path does not have: nothing is there, whoever asks. */
function isNoDoor({ status }: RawAnswer): boolean {
  return [401, 403, 404, 405].includes(status);
}

/** HEAD has no body to look into. */
function sameStatus(expected: (answer: RawAnswer) => boolean): (answer: RawAnswer) => boolean {
  return (answer) => answer.text === '' && expected(answer);
}
