import type { AskDatabase } from './database-connection.js';

const CONNECT_MS = 10_000;
/** A server may otherwise send the driver to any other host, unchecked. The driver's types do not know it. */
const NO_REDIRECT: object = { permitRedirect: false };

/** MariaDB and MySQL: a read-only transaction, with limits for rows and time that the server keeps. */
export const askMariaDb: AskDatabase = async (
  { address, host, port, database, user, password, tls },
  sql,
  { statementMs, rows, signal },
) => {
  const { createConnection } = await import('mariadb');
  const connection = await createConnection({
    host: address,
    port,
    database,
    user,
    password,
    // `servername` is what the driver checks the certificate against; its types do not know it.
    ...(tls !== 'off' && { ssl: { servername: host, rejectUnauthorized: tls === 'verify' } as object }),
    connectTimeout: CONNECT_MS,
    socketTimeout: statementMs + CONNECT_MS,
    multipleStatements: false,
    permitLocalInfile: false,
    ...NO_REDIRECT,
    allowPublicKeyRetrieval: false,
    rowsAsArray: true,
    bigIntAsNumber: false,
    insertIdAsNumber: true,
    dateStrings: true,
  });
  connection.on('error', () => undefined);
  const stop = (): void => connection.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await setTimeLimit(connection, statementMs);
    await connection.query(`SET SESSION sql_select_limit = ${rows + 1}`);
    await connection.query('START TRANSACTION READ ONLY');
    const answer = await connection.query<unknown[][] & { meta: { name(): string }[] }>(sql);
    return { columns: answer.meta.map((column) => column.name()), rows: [...answer].slice(0, rows + 1) };
  } finally {
    signal.removeEventListener('abort', stop);
    connection.destroy();
  }
};

/** MariaDB counts seconds, MySQL milliseconds, each under a name that the other does not know. */
async function setTimeLimit(
  connection: { query(sql: string): Promise<unknown>; serverVersion(): string },
  statementMs: number,
): Promise<void> {
  const isMariaDb = /mariadb/i.test(connection.serverVersion());
  await connection.query(
    isMariaDb
      ? `SET SESSION max_statement_time = ${statementMs / 1_000}`
      : `SET SESSION max_execution_time = ${statementMs}`,
  );
}
