import { compileExpression, ExpressionSyntaxError, type Scope, StepError } from '#kernel';
import { mappingFailed, unreadableBody, wrongExpression } from '../triggers.errors.js';
import type { IncomingMessage } from './incoming-message.js';

/** Also for bodies taken as they are: the result is plain JSON within the bounds of every expression. */
const THE_BODY = 'body';

/** Credentials of the sender's own; runs keep their input, and these are nobody's business there. */
const SECRET_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-api-key']);

/**
 * What the run starts with.
 * @param signatureHeader left out of what the expression sees
 * @throws AppError malformed for a body that is not the JSON that it says it is, invalid when the expression fails
 */
export async function inputOf(
  message: IncomingMessage,
  inputExpression: string | null,
  signatureHeader: string,
): Promise<unknown> {
  const headers = Object.fromEntries(
    Object.entries(message.headers)
      .filter(([name]) => !SECRET_HEADERS.has(name) && name !== signatureHeader)
      .map(([name, values]) => [name, (values ?? []).join(', ')]),
  );
  // Expressions read whatever stands at their root; in a graph that is a run's scope.
  const scope = { body: bodyOf(message), headers, query: { ...message.query } } as unknown as Scope;
  try {
    return (await compileExpression(inputExpression ?? THE_BODY).evaluate(scope)) ?? null;
  } catch (error) {
    if (error instanceof StepError) throw mappingFailed(error.message);
    throw error;
  }
}

/** JSON unless the sender says that it is something else: a form becomes its fields, anything else a text. */
function bodyOf({ body, headers }: IncomingMessage): unknown {
  const type = headers['content-type']?.[0] ?? 'application/json';
  const text = body.toString('utf8');
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return Object.fromEntries(new URLSearchParams(text));
  if (!/^application\/([a-z0-9.+-]+\+)?json\b/i.test(type)) return text;
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadableBody();
  }
}

/** @throws AppError invalid when the expression cannot be read */
export function assertMaps(inputExpression: string | null): void {
  if (inputExpression === null) return;
  try {
    compileExpression(inputExpression);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) throw wrongExpression(`${error.message}.`);
    throw error;
  }
}
