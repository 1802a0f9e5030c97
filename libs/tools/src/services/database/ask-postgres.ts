import type { AskDatabase } from './database-connection.js';

const CONNECT_MS = 10_000;

/** Postgres: a cursor in a read-only transaction, which takes nothing but a question, and one at a time. */
export const askPostgres: AskDatabase = async (
  { address, host, port, database, user, password, tls },
  sql,
  { statementMs, rows, signal },
) => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    host: address,
    port,
    database,
    user,
    password,
    ssl: tls === 'off' ? false : { servername: host, rejectUnauthorized: tls === 'verify' },
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: statementMs + CONNECT_MS,
    application_name: 'AgentFlow database_query',
  });
  // Without a listener, a connection that breaks ends the process; whoever waits for an answer is told anyway.
  client.on('error', () => undefined);
  const stop = (): void => void client.end().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    await client.connect();
    await client.query('BEGIN TRANSACTION READ ONLY');
    await client.query(`SET LOCAL statement_timeout = ${statementMs}`);
    // Prepared, so that a second statement behind the first one is refused by the server.
    const declare = { text: `DECLARE question NO SCROLL CURSOR FOR ${sql}`, queryMode: 'extended' };
    await client.query(declare);
    const answer = await client.query<unknown[]>({ text: `FETCH FORWARD ${rows + 1} FROM question`, rowMode: 'array' });
    return { columns: answer.fields.map(({ name }) => name), rows: answer.rows };
  } finally {
    signal.removeEventListener('abort', stop);
    await client.end().catch(() => undefined);
  }
};
