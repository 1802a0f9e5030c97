/** Real: Postgres, PGlite, the project's opening and checking. The migrations are small ones of this test. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SettingsError } from '../config/index.js';
import { onServer, TestDatabase } from '../testing/test-database.js';
import { openDatabase } from './open-database.js';
import { orgScopeStatements } from './org-scope-statements.js';
import { APP_ROLE } from './roles.js';

class CreateThings1 implements MigrationInterface {
  name = 'CreateThings1';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE thing (id int PRIMARY KEY, org_id uuid NOT NULL)`);
    for (const statement of orgScopeStatements('thing')) await runner.query(statement);
  }
  async down(): Promise<void> {
    // Nobody goes back in this test.
  }
}

class BreakHalfway2 implements MigrationInterface {
  name = 'BreakHalfway2';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half (id int)');
    await runner.query('SELECT nonsense');
  }
  async down(): Promise<void> {
    // Never up.
  }
}

let testDatabase: TestDatabase;

beforeEach(async () => {
  testDatabase = await TestDatabase.create();
});

afterEach(() => testDatabase.drop());

const tables = async (): Promise<unknown[]> =>
  (
    await onServer(
      `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' WHERE relkind = 'r' ORDER BY 1`,
      testDatabase.url,
    )
  ).map(({ relname }) => relname);

async function complaint(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SettingsError);
  const { lines } = error as SettingsError;
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/hunter2|\n/);
  return lines[0] ?? '';
}

describe('Migrating', () => {
  it('brings a database up to date once, however often it is opened', async () => {
    for (let each = 0; each < 2; each += 1) await (await testDatabase.open([CreateThings1])).close();
    expect(await tables()).toEqual(['migration', 'thing']);
    expect(await onServer('SELECT name FROM migration', testDatabase.url)).toEqual([{ name: 'CreateThings1' }]);
  });

  it('is done once by processes that start together', async () => {
    const opened = await Promise.all([1, 2, 3].map(() => testDatabase.open([CreateThings1])));
    await Promise.all(opened.map((database) => database.close()));
    expect(await onServer('SELECT name FROM migration', testDatabase.url)).toEqual([{ name: 'CreateThings1' }]);
  });

  it('that breaks leaves nothing half written and says what broke', async () => {
    const line = await complaint(testDatabase.open([CreateThings1, BreakHalfway2]));
    expect(line).toMatch(/^Migrating the database failed: .*nonsense.* Nothing was half written\.$/);
    expect(await tables()).toEqual(['migration', 'thing']);
    await (await testDatabase.open([CreateThings1])).close();
  });
});

describe('The wall between organisations', () => {
  it('refuses a table with org_id and no policy, by name and with the mend', async () => {
    await onServer('CREATE TABLE leak (id int, org_id uuid)', testDatabase.url);
    expect(await complaint(testDatabase.open([]))).toMatch(
      /^Table leak has org_id but .*Add orgScopeStatements\('leak'\) to a migration and run "npm run migrate"\.$/,
    );
  });

  it('refuses a table whose owner its policy does not bind', async () => {
    await onServer('CREATE TABLE leak (id int, org_id uuid)', testDatabase.url);
    await (await testDatabase.open([]).catch(() => null))?.close();
    for (const statement of orgScopeStatements('leak')) await onServer(statement, testDatabase.url);
    await onServer('ALTER TABLE leak NO FORCE ROW LEVEL SECURITY', testDatabase.url);
    expect(await complaint(testDatabase.open([]))).toContain('Table leak');
  });

  it('refuses a role that owns tables, for owners can take policies away', async () => {
    await (await testDatabase.open([])).close();
    await onServer('CREATE TABLE harmless (id int)', testDatabase.url);
    await onServer(`ALTER TABLE harmless OWNER TO ${APP_ROLE}`, testDatabase.url);
    expect(await complaint(testDatabase.open([]))).toContain(`Role ${APP_ROLE} owns tables.`);
  });

  it('is kept by the connections that are handed out: they are not the owner', async () => {
    const database = await testDatabase.open([CreateThings1]);
    try {
      const [row] = await database.dataSource.query<{ role: string }[]>('SELECT current_user AS role');
      expect(row?.role).toBe(APP_ROLE);
      await expect(database.dataSource.query('ALTER TABLE thing DISABLE ROW LEVEL SECURITY')).rejects.toThrow(
        /must be owner/,
      );
    } finally {
      await database.close();
    }
  });
});

describe('A DATABASE_URL that leads nowhere', () => {
  const open = (url: string): Promise<unknown> => openDatabase(testDatabase.settings({ DATABASE_URL: url }), []);

  it.each([
    [
      'no server',
      'postgres://ada:hunter2@127.0.0.1:1/x',
      /^No database answers at postgres:\/\/ada:\*\*\*@127\.0\.0\.1:1\/x \(ECONNREFUSED\)\. Start it or mend DATABASE_URL/,
    ],
    ['no host', 'postgres://ada:hunter2@no-such-host.invalid/x', /^No database answers at .*(ENOTFOUND|EAI_AGAIN)/],
    [
      'no user',
      'postgres://nobody_here:hunter2@127.0.0.1:5432/postgres',
      /refuses the user or password\. Mend DATABASE_URL\.$/,
    ],
    [
      'no database',
      'postgres://postgres:hunter2@127.0.0.1:5432/no_such_database',
      /does not exist\. Make it with createdb, or mend DATABASE_URL\.$/,
    ],
  ])('is one clear sentence without the password: %s', async (_what, url, expected) => {
    expect(await complaint(open(url))).toMatch(expected);
  });

  it('is one clear sentence when something else answers there', async () => {
    const server = createServer(
      (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n', () => socket.destroy()),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await complaint(open(`postgres://ada:hunter2@127.0.0.1:${port}/x`))).toMatch(/^(The|No) database/);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('The embedded database', () => {
  it('keeps what was written, and gives its folder back when it is closed', async () => {
    const embedded = await TestDatabase.create('embedded');
    try {
      const first = await embedded.open([CreateThings1]);
      expect(readFileSync(join(embedded.directory, 'agentflow.lock'), 'utf8')).toBe(String(process.pid));
      await first.dataSource.transaction(async (manager) => {
        await manager.query(`SELECT set_config('app.org_id', '01900000-0000-7000-8000-000000000001', true)`);
        await manager.query(`INSERT INTO thing VALUES (1, '01900000-0000-7000-8000-000000000001')`);
      });
      await first.close();
      expect(existsSync(join(embedded.directory, 'agentflow.lock'))).toBe(false);

      const second = await embedded.open([CreateThings1]);
      const rows: unknown[] = await second.dataSource.transaction(async (manager) => {
        await manager.query(`SELECT set_config('app.org_id', '01900000-0000-7000-8000-000000000001', true)`);
        return manager.query('SELECT id FROM thing');
      });
      expect(rows).toEqual([{ id: 1 }]);
      await second.close();
    } finally {
      await embedded.drop();
    }
  });

  it('is refused while a living process has it, and gives its folder back when opening fails', async () => {
    const embedded = await TestDatabase.create('embedded');
    const lock = join(embedded.directory, 'agentflow.lock');
    const living = spawn('sleep', ['60']);
    try {
      writeFileSync(lock, String(living.pid));
      expect(await complaint(embedded.open([]))).toContain(
        `AgentFlow already runs on ${embedded.directory} (process ${living.pid}).`,
      );
      living.kill();
      await new Promise((resolve) => living.once('exit', resolve));
      await complaint(embedded.open([BreakHalfway2]));
      expect(existsSync(lock)).toBe(false);
    } finally {
      living.kill();
      await embedded.drop();
    }
  });

  it('is made anew after a start that was killed in the middle, and leaves nothing of that one', async () => {
    const embedded = await TestDatabase.create('embedded');
    const half = join(embedded.directory, 'database.123.new');
    try {
      mkdirSync(half);
      writeFileSync(join(half, 'postgresql.conf'), '');
      await (await embedded.open([])).close();
      expect(readdirSync(embedded.directory)).toEqual(expect.not.arrayContaining(['database.123.new']));
    } finally {
      await embedded.drop();
    }
  });

  it('is not made where something else lies', async () => {
    const embedded = await TestDatabase.create('embedded');
    try {
      mkdirSync(join(embedded.directory, 'database'));
      writeFileSync(join(embedded.directory, 'database', 'holiday.jpg'), '');
      expect(await complaint(embedded.open([]))).toContain(
        `The embedded database cannot be made in ${join(embedded.directory, 'database')} (ENOTEMPTY).`,
      );
      expect(readdirSync(embedded.directory)).toEqual(['database']);
    } finally {
      await embedded.drop();
    }
  });
});
