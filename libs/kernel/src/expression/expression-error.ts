/** Why a source text is no expression, with the place (characters from 0) when the parser knows it. */
export class ExpressionSyntaxError extends Error {
  override readonly name = 'ExpressionSyntaxError';

  constructor(
    message: string,
    readonly position?: number,
  ) {
    super(message);
  }
}

interface JsonataError {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly position?: unknown;
}

/**
 * JSONata throws plain objects with a code, a message and a position. Only those messages are meant for people;
 * anything else that comes out of it (a TypeError from odd data, a RangeError) is described in general words.
 */
export function describeJsonataError(error: unknown): { message: string; position?: number } {
  const { code, message, position } = (typeof error === 'object' && error !== null ? error : {}) as JsonataError;
  if (typeof code !== 'string' || typeof message !== 'string') {
    return {
      message: error instanceof RangeError ? 'it nests too deeply or grows too large' : 'it cannot be evaluated',
    };
  }
  const at = typeof position === 'number' ? position : undefined;
  return { message: message.length > 500 ? `${message.slice(0, 500)}…` : message, position: at };
}
