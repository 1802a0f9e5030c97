import { findChromium } from './find-chromium.mjs';

const seconds = 1000;
const minutes = 60 * seconds;
const jest = (project, testTimeoutMs, workers = 2) => [
  'node_modules/jest/bin/jest.js',
  ...['-c', '.config/jest.config.js', '--selectProjects', project, '-w', String(workers)],
  ...[`--testTimeout=${testTimeoutMs}`, '--json', '--outputFile', '{report}'],
];
const vitest = [
  'node_modules/vitest/vitest.mjs',
  ...[
    'run',
    '-c',
    'apps/dashboard/vite.config.ts',
    '--reporter=default',
    '--reporter=json',
    '--outputFile.json={report}',
  ],
];
const without = (name) => (process.env[name] ? [] : [name]);

function chromiumLane() {
  const path = findChromium();
  if (path) return { env: { CHROMIUM_PATH: path } };
  return { missing: 'no Chromium found; install one (Debian: apt-get install chromium) or set CHROMIUM_PATH' };
}

function storesLane(...names) {
  const absent = names.flatMap(without);
  if (absent.length === 0) return {};
  return { missing: `${absent.join(' and ')} not set; start the service and give its URL, or run .ci/run` };
}

const hasStores = ['TEST_DATABASE_URL', 'TEST_REDIS_URL'].flatMap(without).length === 0;
/** Journeys wait for leases, timers and deadlines most of the time: three of them keep two cores busy. */
const endToEnd = (...paths) => [...jest('end-to-end', 120 * seconds, 3), '--testPathPatterns', ...paths];
const ALL_JOURNEYS = 'test/journeys/';
const ISOLATION = 'test/isolation/';
/** What is at home where there are several processes: queue, bus, money, turns of a conversation, deliveries, shutdown. */
const WITH_SEVERAL_PROCESSES = [
  'test/journeys/(callbacks|chat|faulty-providers|mcp-many|money|nothing-is-lost|shutting-down|triggers|waits|webhooks-out)',
  'test/isolation/(?!credential-hosts|egress|prototype-keys)',
];
/** The long ones of those are not told once more in one process; what leaves a process is watched in one. */
const IN_ONE_PROCESS = [
  'test/journeys/(?!(callbacks|chat|faulty-providers|mcp-many-processes|money|webhooks-out)\\.)',
  'test/isolation/(credential-hosts|egress|prototype-keys)',
];
const WITH_A_DATABASE = 'test/journeys/nothing-is-lost';

/**
 * The lanes of `npm test`, in the order in which they run.
 * group: a name that chooses several lanes. args: `{report}` stands for the file that the runner's JSON goes to.
 * missing: why the lane cannot run here; it is then reported as skipped, by name.
 */
export const lanes = [
  { name: 'unit', args: jest('unit', 30 * seconds), limitMs: 5 * minutes },
  { name: 'integration', group: 'int', args: jest('integration', 120 * seconds, 3), limitMs: 15 * minutes },
  {
    name: 'integration:services',
    group: 'int',
    args: jest('services', 120 * seconds, 3),
    limitMs: 15 * minutes,
    ...storesLane('TEST_DATABASE_URL', 'TEST_REDIS_URL'),
  },
  { name: 'dashboard', args: vitest, limitMs: 5 * minutes },
  {
    // Where the stores are there, the isolation matrix runs on them, in the cluster; embedded it would say the same again.
    name: 'e2e:embedded',
    group: 'e2e',
    args: hasStores ? endToEnd(...IN_ONE_PROCESS) : endToEnd(ALL_JOURNEYS, ISOLATION),
    env: { AGENTFLOW_TEST_SETUP: 'embedded' },
    limitMs: 15 * minutes,
  },
  {
    name: 'e2e:postgres',
    group: 'e2e',
    args: endToEnd(WITH_A_DATABASE),
    env: { AGENTFLOW_TEST_SETUP: 'postgres' },
    limitMs: 20 * minutes,
    ...storesLane('TEST_DATABASE_URL'),
  },
  {
    name: 'e2e:cluster',
    group: 'e2e',
    args: endToEnd(...WITH_SEVERAL_PROCESSES),
    env: { AGENTFLOW_TEST_SETUP: 'cluster' },
    limitMs: 15 * minutes,
    ...storesLane('TEST_DATABASE_URL', 'TEST_REDIS_URL'),
  },
  // The embedded cases need nothing; the others are skipped, one by one and by name, without a database server. Faults
  // that are mostly waiting (silence, pressure) are left to `npm run test:faults`, so that all lanes end in time.
  {
    name: 'faults',
    args: [...jest('faults', 180 * seconds), '--testPathPatterns', 'killed-processes|failing'],
    env: { AGENTFLOW_TEST_SETUP: 'cluster' },
    limitMs: 15 * minutes,
  },
  { name: 'browser', args: jest('browser', 120 * seconds, 3), limitMs: 15 * minutes, ...chromiumLane() },
];
