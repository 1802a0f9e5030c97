import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { greeting } from '../support/graphs/greeting.js';
import { freePort } from '../support/processes/free-port.js';
import { type Exit, ServerProcess } from '../support/processes/server-process.js';
import { onlyIn, postgresServerUrl } from '../support/setup.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

/** Real: every process and store. */
describe('starting', () => {
  let scratch: string;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'agentflow-e2e-'));
  });

  afterAll(() => rm(scratch, { recursive: true, force: true }));

  describe('head-less, twice on the same stores', () => {
    let agentflow: AgentFlow;

    beforeAll(async () => {
      agentflow = await startAgentFlow();
    });

    afterAll(() => agentflow?.stop());

    it('makes owner, organisation and key once, and keeps everything over restarts', async () => {
      const { client } = agentflow;
      const agentId = await client.agents.publishNew(greeting(), 'Kept');
      const run = await client.executions.run({ agentId, input: { name: 'Ada' } });
      const before = await everything();

      await agentflow.terminate();
      await agentflow.restart();
      expect(await everything()).toEqual(before);

      // A crash must lose as little as a proper end.
      await agentflow.kill9();
      await agentflow.restart();
      expect(await everything()).toEqual(before);
      expect(await client.executions.get(run.id)).toEqual(run);
      expect((await client.executions.run({ agentId, input: { name: 'Grace' } })).status).toBe('succeeded');
    });

    onlyIn('embedded')('refuses a second process on the same data directory and names the first', async () => {
      const { code, stderr } = await start({ AGENTFLOW_DATA_DIR: agentflow.dataDirectory });
      expect(code).toBe(1);
      expectOneLine(stderr, /already runs on .*\(process \d+\).*AGENTFLOW_DATA_DIR.*DATABASE_URL/);
      expect((await agentflow.client.agents.templates()).length).toBeGreaterThan(0);
    });

    async function everything(): Promise<unknown> {
      const { client } = agentflow;
      const [org, members, agents, runs, keys] = await Promise.all([
        client.org.get(),
        client.org.members(),
        client.http.ask('GET', '/agents'),
        client.executions.list(),
        client.http.ask<{ data: { id: string }[] }>('GET', '/org/api-keys'),
      ]);
      return { org, members, agents, runs, keys: keys.data.map(({ id }) => id) };
    }
  });

  describe('with something wrong, ends with code 1 and one clear line', () => {
    // Settings are checked before any store is opened, so one set-up shows it for all.
    onlyIn('embedded').each<[string, Record<string, string>, RegExp]>([
      [
        'a database that does not answer',
        { DATABASE_URL: 'postgres://someone:hidden@127.0.0.1:1/agentflow' },
        /No database answers at postgres:\/\/someone:\*\*\*@127\.0\.0\.1:1\/agentflow .*DATABASE_URL/,
      ],
      [
        'a database URL that is none',
        { DATABASE_URL: 'localhost' },
        /DATABASE_URL must be a URL that starts with postgres:\/\//,
      ],
      ['a port that is no number', { PORT: 'web' }, /PORT must be a whole number/],
      [
        'a first run without its password',
        { AGENTFLOW_INIT_ORG: 'A', AGENTFLOW_INIT_EMAIL: 'a@example.com' },
        /AGENTFLOW_INIT_PASSWORD belong together/,
      ],
      [
        'production without its own ENCRYPTION_KEY',
        { NODE_ENV: 'production', JWT_SECRET: 'kX9w2LqZ7vB4nR8tY1mC6pD3sF5gH0jA' },
        /ENCRYPTION_KEY is missing; production does not start without its own\. Make one with/,
      ],
      [
        'a secret that is easy to guess',
        { JWT_SECRET: 'changeme-changeme-changeme-changeme' },
        /JWT_SECRET is too short or too easy to guess/,
      ],
    ])('%s', async (_what, settings, line) => {
      const { code, stderr } = await start(settings);
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(line) });
      expectOneLine(stderr, line);
      expect(stderr).not.toMatch(/hidden|changeme/);
    });

    onlyIn('embedded')('production without any secret names both', async () => {
      const { code, stderr } = await start({ NODE_ENV: 'production' });
      expect(code).toBe(1);
      const lines = stderr.trim().split('\n');
      expect(lines).toHaveLength(2);
      expect(stderr).toMatch(/JWT_SECRET is missing[\s\S]*ENCRYPTION_KEY is missing/);
    });

    onlyIn('embedded')('a data directory that cannot be written', async () => {
      const file = join(scratch, 'a-file');
      await writeFile(file, '');
      const { code, stderr } = await start({ AGENTFLOW_DATA_DIR: join(file, 'below') });
      expect(code).toBe(1);
      expectOneLine(stderr, /The data directory .*a-file\/below cannot be written .*AGENTFLOW_DATA_DIR/);
    });

    it('a port that somebody else has', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const { code, stderr } = await start({ PORT: String(port) });
      other.close();
      expect(code).toBe(1);
      expectOneLine(stderr, new RegExp(`Port ${port} is taken\\. .*PORT`));
    });

    onlyIn('postgres', 'cluster')('a database that nobody has made', async () => {
      const url = new URL(postgresServerUrl());
      url.pathname = '/nobody_made_this';
      const { code, stderr } = await start({ DATABASE_URL: url.href });
      expect(code).toBe(1);
      expectOneLine(stderr, /The database named in .*nobody_made_this does not exist\. .*createdb/);
    });
  });

  /** A process of its own that is expected to end by itself. */
  async function start(settings: Record<string, string>): Promise<Exit> {
    const dataDirectory = await mkdtemp(join(scratch, 'data-'));
    const process = new ServerProcess({
      entry: 'apps/api/src/main.js',
      settings: { AGENTFLOW_DATA_DIR: dataDirectory, PORT: String(await freePort()), ...settings },
    });
    return process.end();
  }
});

function expectOneLine(stderr: string, line: RegExp): void {
  expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/^AgentFlow cannot start: /)]);
  expect(stderr).toMatch(line);
}
