import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newOrg } from '../support/new-org.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';
import { addressFields } from './egress/address-fields.js';
import { featuresOf } from './egress/aims.js';
import { ConnectionLog } from './egress/connection-log.js';
import {
  deceivingNames,
  forbiddenTargets,
  oneOfEachClass,
  REBINDING,
  redirectTargets,
} from './egress/forbidden-targets.js';
import { layGround, SECRET } from './egress/ground.js';
import { NameServer } from './egress/name-server.js';
import { type Feature, isRefusal, type Outcome } from './egress/outcome.js';
import { OPENED, Outside } from './egress/outside.js';
import { reviewedFields } from './egress/reviewed-fields.js';
import { inParallel } from './in-parallel.js';

/** Of every way of writing an address, a slow feature is tried with one in so many, and with one of each class. */
const SHARES = 8;

/** Each test takes some 20 seconds, and several times that on a machine that is busy with other things. */
const LIMIT_MS = 300_000;

/**
 * Every feature that takes an address × every trick with addresses. Fields come from what the server says of its inputs,
 * so that a new feature is tried by itself, or fails here. Real: everything, in this process so that no connection is
 * missed; the name server is the test's own.
 */
describe('addresses that nobody may have called', () => {
  let running: InProcess;
  let outside: Outside;
  let connections: ConnectionLog;
  let features: ReadonlyMap<string, Feature>;

  beforeAll(async () => {
    outside = await Outside.start();
    running = await startInProcess(undefined, { EGRESS_ALLOW_CIDRS: OPENED });
    expect(new NameServer(deceivingNames).serve(running.app)).toBeGreaterThanOrEqual(5);
    features = await featuresOf(await layGround(running.app, await newOrg(running.url)));
    connections = ConnectionLog.begin();
  });

  afterAll(async () => {
    connections?.end();
    await running?.stop();
    await outside?.close();
  });

  interface Attempt {
    readonly field: string;
    readonly address: string;
  }

  /** @returns what is wrong with what came of the attempts */
  async function findWrong(
    attempts: readonly Attempt[],
    isWrong: (outcome: Outcome) => boolean = () => false,
  ): Promise<string[]> {
    const findings = await inParallel(attempts, async ({ field, address }) => {
      const outcomes = (await features.get(field)?.aim(address)) ?? [];
      return outcomes
        .filter(isWrong)
        .map(({ code, told }) => `${field} at ${JSON.stringify(address)}: ${code} ${told.slice(0, 300)}`);
    });
    return findings.flat();
  }

  const everyFieldAt = (...addresses: string[]): Attempt[] =>
    [...features.keys()].flatMap((field) => addresses.map((address) => ({ field, address })));

  /** Quick features with every address, slow ones with a share of them each, so that none is left out. */
  function attemptsAt(addresses: readonly string[]): Attempt[] {
    return [...features].flatMap(([field, { isSlow }], place) => {
      const share = addresses.filter((_address, index) => index % SHARES === place % SHARES);
      const chosen = isSlow ? new Set([...oneOfEachClass(outside.port), ...share]) : addresses;
      return [...chosen].map((address) => ({ field, address }));
    });
  }

  /** Connections that lead neither to ourselves nor to what the operator has opened, and everything at the canary. */
  function strayConnections(): string[] {
    const ours = new Set([running.url, process.env.TEST_DATABASE_URL, process.env.TEST_REDIS_URL].map(portOf));
    const stray = connections.attempts.filter(
      ({ address, port }) => !ours.has(port) && !(address === '127.0.0.2' || address === '127.0.0.3'),
    );
    return [...stray.map(({ address, port }) => `connected to ${address}:${port}`), ...outside.canary];
  }

  it('can be written nowhere but where it is tried here, or where somebody has said why it is not called', async () => {
    const { owner } = await newOrg(running.url);
    const names = (await addressFields(owner)).map(({ name }) => name);
    const unknown = names.filter((name) => !features.has(name) && !(name in reviewedFields));
    expect(
      unknown.map(
        (name) => `${name}: say how to aim it in test/isolation/egress/aims.ts, or why not in reviewed-fields.ts`,
      ),
    ).toEqual([]);
    const stale = [...features.keys(), ...Object.keys(reviewedFields)].filter((name) => !names.includes(name));
    expect(stale.map((name) => `${name} takes no address any more: take it out`)).toEqual([]);
  });

  it(
    'are refused in every spelling, by every feature, and nothing is sent',
    async () => {
      const own = [running.url, process.env.TEST_DATABASE_URL, process.env.TEST_REDIS_URL].flatMap(
        (url) => portOf(url) ?? [],
      );
      const targets = forbiddenTargets(outside.port, own);
      expect(targets.length).toBeGreaterThan(90);
      expect(await findWrong(attemptsAt(targets), (outcome) => !isRefusal(outcome))).toEqual([]);
      expect(strayConnections()).toEqual([]);
    },
    LIMIT_MS,
  );

  it('are refused in the same words whether something listens there or not', async () => {
    const closed = await closedPort();
    const differing = await inParallel([...features], async ([field, { aim }]) => {
      const told = await Promise.all(
        [outside.port, closed].map(async (port) => {
          const outcomes = await aim(`http://127.0.0.1:${port}/`);
          return comparable(JSON.stringify(outcomes)).replaceAll(String(port), '<port>');
        }),
      );
      return told[0] === told[1] ? [] : [`${field}: ${told.join(' but ')}`];
    });
    expect(differing.flat()).toEqual([]);
    expect(strayConnections()).toEqual([]);
  });

  it(
    'are not reached by a name that means something else the second time',
    async () => {
      const address = `http://${REBINDING}:${outside.port}/`;
      await findWrong([...everyFieldAt(address), ...everyFieldAt(address), ...everyFieldAt(address)]);
      expect(strayConnections()).toEqual([]);
      // It was a name that could be called: the first answer is open.
      expect(connections.attempts).toContainEqual({ address: '127.0.0.2', port: outside.port });
    },
    LIMIT_MS,
  );

  it(
    'are not reached by a redirect, and a credential goes along to no other host',
    async () => {
      const statuses = [301, 302, 303, 307, 308];
      const redirects = redirectTargets(outside.port).map((to, index) =>
        outside.redirect(statuses[index % statuses.length] ?? 302, to),
      );
      const elsewhere = statuses.map((status) => outside.redirect(status, outside.otherUrl));
      const attempts = everyFieldAt(...redirects, ...elsewhere, outside.chain(20));
      // A database answers no redirects.
      await findWrong(attempts.filter(({ field }) => !field.endsWith('.host')));
      expect(strayConnections()).toEqual([]);
      expect(outside.atOther.length).toBeGreaterThan(0);
      const seen = outside.atOther.filter(
        (told) => told.includes(SECRET) || told.toLowerCase().includes('authorization'),
      );
      expect(seen).toEqual([]);
    },
    LIMIT_MS,
  );

  it('end a chain of redirects after five', async () => {
    const { aim } = features.get('tool http_request.url') as Feature;
    const answered = async (hops: number): Promise<string | undefined> => (await aim(outside.chain(hops)))[0]?.code;
    expect([await answered(5), await answered(6), await answered(20)]).toEqual([
      'answered',
      'egress.too_many_redirects',
      'egress.too_many_redirects',
    ]);
  });
});

/** Without what differs between two attempts at the same thing. */
function comparable(told: string): string {
  return told
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/("durationMs\\*"):\d+/g, '$1:0');
}

function portOf(url: string | undefined): number | undefined {
  return url === undefined ? undefined : Number(new URL(url).port);
}

/** A port at which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
