import { StepError } from '#kernel';
import { EgressError } from '#platform/egress';

const MAX_SAID = 500;
/** Nobody answers there, or not in time. */
const UNREACHABLE =
  /^(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|57P01|57P03|53300|ER_CON_COUNT_ERROR|ER_GET_CONNECTION_TIMEOUT|ER_CONNECTION_TIMEOUT|ER_SOCKET_.*)$/;
/** The statement took too long. */
const TOO_SLOW = /^(57014|ER_STATEMENT_TIMEOUT|ER_QUERY_TIMEOUT|ER_QUERY_INTERRUPTED)$/;
const REFUSED =
  /^(28P01|28000|42501|3D000|ER_ACCESS_DENIED.*|ER_DBACCESS_DENIED.*|ER_TABLEACCESS_DENIED.*|ER_BAD_DB_ERROR|ER_SPECIFIC_ACCESS_DENIED.*)$/;
const WRITES = /^(25006|0A000|ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION)$/;

/** What a database has said, in words that a model can act upon and with no secret in them. */
export function databaseFailure(error: unknown, secrets: readonly string[]): unknown {
  if (error instanceof StepError || error instanceof EgressError) return error;
  const { code: told } = error as { code?: unknown };
  const code = typeof told === 'string' ? told : '';
  const said = secrets
    .filter((secret) => secret !== '')
    .reduce((left, secret) => left.replaceAll(secret, '•••'), sayingOf(error))
    .slice(0, MAX_SAID);
  const failure = (name: string, message: string, retryable = false): StepError =>
    new StepError({ code: name, message, retryable });
  if (UNREACHABLE.test(code) || /timeout|terminated unexpectedly|ECONN/i.test(said)) {
    return failure(
      'tool.unavailable',
      'The database does not answer: it is away, or its host and port are wrong.',
      true,
    );
  }
  if (TOO_SLOW.test(code)) return failure('tool.sql_too_slow', 'The question took too long: ask for less.');
  if (WRITES.test(code)) return failure('tool.sql_not_a_question', `The database takes questions only: ${said}`);
  if (REFUSED.test(code)) return failure('tool.refused', `The database does not allow this: ${said}`);
  return failure('tool.sql_failed', `The database did not understand the question: ${said}`);
}

/** MariaDB's messages repeat the statement and the connection; this is the sentence itself. */
function sayingOf(error: unknown): string {
  const { sqlMessage, message } = error as { sqlMessage?: unknown; message?: unknown };
  return [sqlMessage, message].find((each) => typeof each === 'string') ?? '';
}
