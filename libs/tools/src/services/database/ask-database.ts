import { StepError } from '#kernel';
import type { EgressClient } from '#platform/egress';
import { askMariaDb } from './ask-mariadb.js';
import { askPostgres } from './ask-postgres.js';
import type { AskDatabase, DatabaseAddress, QueryAnswer, QueryLimits } from './database-connection.js';
import { databaseFailure } from './database-failure.js';

const DATABASES: Readonly<Record<string, { readonly ask: AskDatabase; readonly port: number }>> = {
  postgres: { ask: askPostgres, port: 5432 },
  mariadb: { ask: askMariaDb, port: 3306 },
};

/** Kinds of credentials that are databases. */
export const DATABASE_KINDS: readonly string[] = Object.keys(DATABASES);

/**
 * Asks a database one question that has been looked at. The host is checked as that of a web request is, and connected
 * to by the checked address.
 * @param fields of the credential, opened
 * @throws StepError in words for a model, or EgressError
 */
export async function askDatabase(
  egress: Pick<EgressClient, 'checkedAddresses'>,
  kind: string,
  fields: Readonly<Record<string, string>>,
  question: QueryLimits & { readonly sql: string },
): Promise<QueryAnswer> {
  const found = DATABASES[kind];
  if (found === undefined) throw new Error(`There is no database of the kind ${kind}.`);
  const { host = '', port, database = '', user = '', password = '', tls } = fields;
  const [address] = await egress.checkedAddresses(host);
  if (address === undefined) {
    throw new StepError({ code: 'egress.failed', message: 'The host has no address.', retryable: false });
  }
  const place: DatabaseAddress = {
    address,
    host,
    port: port === undefined ? found.port : Number(port),
    database,
    user,
    password,
    tls: tls === 'off' || tls === 'require' ? tls : 'verify',
  };
  try {
    return await found.ask(place, question.sql, question);
  } catch (error) {
    throw databaseFailure(error, [password]);
  }
}
