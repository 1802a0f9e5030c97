import pg from 'pg';

/** Looks at the database of the installation from beside it, as its superuser; survives a server that goes away. */
export class Observer {
  private readonly pool: pg.Pool;

  constructor(url: string) {
    this.pool = new pg.Pool({
      connectionString: url,
      application_name: 'faults-observer',
      max: 3,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 20_000,
    });
    this.pool.on('error', () => undefined);
  }

  async rows<R extends pg.QueryResultRow>(sql: string, parameters: readonly unknown[] = []): Promise<R[]> {
    return (await this.pool.query<R>(sql, [...parameters])).rows;
  }

  /** Ends connections of the processes under test, at most that many. @returns how many it met */
  async terminateBackends(limit = 1_000): Promise<number> {
    const ended = await this.rows(
      `SELECT pg_terminate_backend(pid) FROM (
         SELECT pid FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            AND application_name <> 'faults-observer'
          ORDER BY (state <> 'idle') DESC, random() LIMIT $1) AS victim`,
      [limit],
    );
    return ended.length;
  }

  /** Runs `work` while one connection holds the lock that this statement takes. */
  async holding<T>(statement: string, work: () => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(statement);
      return await work();
    } finally {
      await client.query('ROLLBACK').catch(() => undefined);
      client.release();
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
