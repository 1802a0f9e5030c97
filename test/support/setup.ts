/** The three ways to run AgentFlow that every journey is told in; `npm test` runs one Jest invocation for each. */
export type Setup = 'embedded' | 'postgres' | 'cluster';

const SETUPS: readonly Setup[] = ['embedded', 'postgres', 'cluster'];

/** The set-up of this Jest invocation: AGENTFLOW_TEST_SETUP, or embedded, which needs nothing. */
export const setup: Setup = readSetup(process.env.AGENTFLOW_TEST_SETUP ?? 'embedded');

/** URL of a Postgres server on which this test may make and drop databases. */
export function postgresServerUrl(): string {
  return need('TEST_DATABASE_URL');
}

/** URL of a Redis server, without the number of a database. */
export function redisServerUrl(): string {
  return need('TEST_REDIS_URL');
}

/** `it` for what only this set-up can show, a skip that says so for the others. */
export function onlyIn(...setups: Setup[]): jest.It {
  return setups.includes(setup) ? it : it.skip;
}

function readSetup(text: string): Setup {
  const known = SETUPS.find((name) => name === text);
  if (!known) throw new Error(`AGENTFLOW_TEST_SETUP is "${text}"; it must be one of ${SETUPS.join(', ')}.`);
  return known;
}

function need(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The set-up ${setup} needs ${name}.`);
  return value;
}
