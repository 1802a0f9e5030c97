import { type Route, routesOf } from '../support/application-routes.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';
import { idsOfNobody } from './examples.js';
import { inParallel } from './in-parallel.js';
import { publicRoutes } from './public-routes.js';
import { closeConnections, type RawRequest, send } from './raw-request.js';
import { pathFor } from './requests.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** Ways of writing a path that a router and a guard have been known to read differently. */
const TRICKS: Readonly<Record<string, (path: string) => string>> = {
  'a slash at the end': (path) => `${path}/`,
  'two slashes in front': (path) => `/${path}`,
  'two slashes in the middle': (path) => path.replace('/v1/', '/v1//'),
  'two slashes before the prefix ends': (path) => path.replace('/api/', '/api//'),
  'capital letters': (path) => path.toUpperCase(),
  'a capital letter in the prefix': (path) => path.replace('/api/', '/Api/'),
  'a matrix parameter': (path) => `${path};x=1`,
  'a matrix parameter in the prefix': (path) => path.replace('/v1/', '/v1;x/'),
  'an encoded letter': (path) =>
    path.replace(
      /\/([a-z])([^/]*)$/,
      (_all, first: string, rest: string) => `/%${first.charCodeAt(0).toString(16)}${rest}`,
    ),
  'an encoded dot segment': (path) => path.replace('/v1/', '/v1/%2e/'),
  'an encoded way up': (path) => path.replace('/v1/', '/v1/x/%2e%2e/'),
  'a way up from a public path': (path) => `/health/..${path}`,
  'an encoded way up from a public path': (path) => `/health/%2e%2e${path}`,
  'an encoded slash': (path) => path.replace('/v1/', '/v1%2f'),
  'a back slash': (path) => path.replace('/v1/', '/v1\\'),
  'a NUL character': (path) => `${path}%00`,
  'a blank at the end': (path) => `${path}%20`,
  'a public suffix': (path) => `${path}/../../../health`,
  'a file extension': (path) => `${path}.json`,
  'an encoded question mark': (path) => `${path}%3f`,
  'a whole address': (path) => `http://localhost${path}`,
};

const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no credential': {},
  'an empty bearer token': { authorization: 'Bearer ' },
  'a token that is none': { authorization: 'Bearer x.y.z' },
  'an unsigned token': {
    authorization: `Bearer ${[
      { alg: 'none', typ: 'JWT' },
      { sub: 'x', exp: 4_102_444_800 },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')}.`,
  },
  'a key that nobody has': { authorization: 'Bearer af_0123456789abcdef0123456789abcdef' },
  'basic authentication': { authorization: 'Basic YWRtaW46YWRtaW4=' },
  'the method in a header': {
    'x-http-method-override': 'GET',
    'x-original-url': '/health',
    'x-rewrite-url': '/health',
  },
  'an inner address': { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost', 'x-real-ip': '127.0.0.1' },
};

/** A stranger tries every door and every way of writing its address. */
describe('doors that are closed to strangers', () => {
  let running: InProcess;
  let routes: Route[];

  beforeAll(async () => {
    running = await startInProcess();
    routes = routesOf(running.app);
  });

  afterAll(async () => {
    closeConnections();
    await running?.stop();
  });

  const named = ({ method, path }: Route): string => `${method} ${path}`;
  const closed = (): Route[] => routes.filter((route) => !(named(route) in publicRoutes));
  const idsOfNone = idsOfNobody();

  async function refusedAll(requests: readonly (RawRequest & { readonly told: string })[]): Promise<void> {
    const findings = await inParallel(requests, async (request) => {
      const { status, text } = await send(running.url, request);
      return [401, 404, 405].includes(status)
        ? []
        : [`${request.told}: ${request.method} ${request.path} → ${status} ${text.slice(0, 200)}`];
    });
    expect(findings.flat()).toEqual([]);
  }

  it('are all but those that were reviewed', () => {
    const open = routes.filter(({ access, handler }) => handler === null || access?.kind === 'public').map(named);
    const unreviewed = open.filter((name) => !(name in publicRoutes));
    expect(
      unreviewed.map((name) => `${name}: close it, or have it reviewed and add it to test/isolation/public-routes.ts`),
    ).toEqual([]);
    const stale = Object.keys(publicRoutes).filter((name) => !open.includes(name));
    expect(
      stale.map((name) => `${name} is not public any more: take it out of test/isolation/public-routes.ts`),
    ).toEqual([]);
  });

  it('stay closed for every kind of credential that is none', async () => {
    await refusedAll(
      closed().flatMap((route) =>
        Object.entries(HEADERS).map(([told, headers]) => ({
          method: route.method,
          path: pathFor(route, idsOfNone),
          headers,
          told,
        })),
      ),
    );
  });

  it('stay closed for every method', async () => {
    const open = new Set(Object.keys(publicRoutes));
    const requests = closed().flatMap((route) =>
      METHODS.filter((method) => !open.has(`${method === 'HEAD' ? 'GET' : method} ${route.path}`)).map((method) => ({
        method,
        path: pathFor(route, idsOfNone),
        told: 'another method',
      })),
    );
    await refusedAll(requests);
  });

  it('stay closed however their address is written', async () => {
    const requests = closed().flatMap((route) => {
      const path = pathFor(route, idsOfNone);
      return Object.entries(TRICKS).flatMap(([told, write]) =>
        [...new Set([route.method, 'GET', 'HEAD'])].map((method) => ({ method, path: write(path), told })),
      );
    });
    expect(requests.length).toBeGreaterThan(2_000);
    await refusedAll(requests);
  });
});
