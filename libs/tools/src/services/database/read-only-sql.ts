import { StepError } from '#kernel';

const QUESTIONS = /^\(*\s*(select|with|values|table)\b/i;

/**
 * A statement that only asks, as far as its beginning tells. This is the first of three locks and gives the better
 * message; the second is a transaction that may not write, the third the rights of the database user.
 * @throws StepError `tool.sql_not_a_question`
 */
export function readOnlySql(sql: string): string {
  const statement = sql.trim().replace(/;\s*$/, '');
  // MySQL runs what stands in such comments.
  if (/\/\*M?!/i.test(statement)) throw refusal('Comments that the database would run are not allowed.');
  const words = withoutCommentsAndTexts(statement);
  if (words.includes(';')) throw refusal('One statement at a time: leave out the semicolon.');
  if (!QUESTIONS.test(words.trim())) throw refusal('Only SELECT, WITH, VALUES and TABLE can be asked.');
  if (/\binto\b/i.test(words)) throw refusal('INTO would write what was found: leave it out.');
  if (/\bfor\s+(update|share|no\s+key|key\s+share)\b|\block\s+in\s+share\s+mode\b/i.test(words)) {
    throw refusal('FOR UPDATE would lock what was found: leave it out.');
  }
  return statement;
}

/** One pass over a statement of at most a few kilobytes; what is not closed goes to the end. */
function withoutCommentsAndTexts(sql: string): string {
  return sql.replace(
    /--[^\n]*|#[^\n]*|\/\*[^]*?(?:\*\/|$)|'(?:[^'\\]|''|\\.)*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)/g,
    ' ',
  );
}

const refusal = (message: string): StepError =>
  new StepError({ code: 'tool.sql_not_a_question', message, retryable: false });
