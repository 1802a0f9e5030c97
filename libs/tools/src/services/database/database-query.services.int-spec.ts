/** Real: Postgres (TEST_DATABASE_URL), a MariaDB of the test's own where one is installed, and the egress door. */
import { EgressClient } from '#platform/egress';
import { startMariaDb } from '../../testing/mariadb-server.js';
import { startPostgresUser } from '../../testing/postgres-user.js';
import type { TestSql } from '../../testing/test-sql.js';
import type { Tool } from '../../tool.js';
import { tryDatabase } from './try-database.js';
import { databaseTools } from './database-query.tool.js';

const open = new EgressClient({ allowCidrs: ['127.0.0.0/8', '::1/128'] });
const closed = new EgressClient();

afterAll(() => Promise.all([open.close(), closed.close()]));

const [tool, guarded] = [databaseTools(open)[0] as Tool, databaseTools(closed)[0] as Tool];

describe.each([
  ['postgres', startPostgresUser],
  ['mariadb', startMariaDb],
])('database_query on %s', (kind, start) => {
  let server: TestSql | null;

  beforeAll(async () => {
    server = await start();
  }, 60_000);

  afterAll(() => server?.stop());

  /** Null where no such server is installed, and then there is nothing to see. */
  const ask = (sql: string, more: { maxRows?: number; database?: string; using?: Tool } = {}): Promise<unknown> => {
    if (server === null) throw new Error('not installed');
    const { maxRows, database = server.fields['database'] ?? '', using = tool } = more;
    const fields = { ...server.fields, database, tls: 'off' };
    const credential = {
      kind,
      fields,
      headersFor: () => Promise.resolve({}),
      opened: () => Promise.resolve(fields),
    };
    const call = { signal: new AbortController().signal, idempotencyKey: 'k', credential };
    return Promise.resolve(using.run({ sql, ...(maxRows !== undefined && { maxRows }) }, call));
  };
  const installed = (work: () => Promise<void>) => async () => {
    if (server !== null) await work();
  };

  it(
    'answers with columns and rows, and tells whether there are more',
    installed(async () => {
      expect(await ask('SELECT id, name FROM item ORDER BY id', { maxRows: 2 })).toEqual({
        columns: ['id', 'name'],
        rows: [
          [1, 'one'],
          [2, 'two'],
        ],
        rowCount: 2,
        hasMore: true,
      });
      expect(await ask('SELECT name FROM item WHERE id = 3;')).toMatchObject({ rows: [['three']], hasMore: false });
    }),
  );

  it(
    'refuses whatever would write, although the user may',
    installed(async () => {
      for (const sql of server!.writes) {
        await expect(ask(sql)).rejects.toMatchObject({
          code: expect.stringMatching(/^tool\.(sql_not_a_question|sql_failed|refused)$/),
          retryable: false,
        });
      }
      const { rows } = (await ask('SELECT count(*) FROM item')) as { rows: unknown[][] };
      expect(String(rows[0]?.[0])).toBe('3');
    }),
  );

  it(
    'tells what is wrong, without the password',
    installed(async () => {
      await expect(ask('SELECT nothing FROM item')).rejects.toMatchObject({
        code: 'tool.sql_failed',
        message: expect.stringContaining('nothing'),
      });
      await expect(ask('SELECT 1', { database: 'nothing_there' })).rejects.toMatchObject({
        code: 'tool.refused',
        message: expect.not.stringContaining('sesame-canary'),
      });
    }),
  );

  it(
    'tells whether a credential is let in',
    installed(async () => {
      const fields = { ...server!.fields, tls: 'off' };
      await tryDatabase(open, kind, fields);
      await expect(tryDatabase(open, kind, { ...fields, database: 'nothing_there' })).rejects.toMatchObject({
        code: 'tool.refused',
      });
      await expect(tryDatabase(open, kind, { ...fields, port: '1' })).rejects.toMatchObject({
        code: 'tool.unavailable',
      });
      await expect(tryDatabase(closed, kind, fields)).rejects.toMatchObject({ code: 'egress.blocked' });
    }),
  );

  it(
    'does not reach a private address that the operator has not opened',
    installed(async () => {
      await expect(ask('SELECT 1', { using: guarded })).rejects.toMatchObject({ code: 'egress.blocked' });
    }),
  );
});
