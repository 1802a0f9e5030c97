/** What went wrong in the caller's terms; each kind has one HTTP status and one default for `retryable`. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'too_large'
  | 'unsupported_media_type'
  | 'invalid'
  | 'limited'
  | 'internal'
  | 'unavailable';

/** One field that is wrong, as exact as the caller needs in order to mend it. */
export interface FieldProblem {
  /** JSON pointer (RFC 6901) into the request body, or `/query/<name>` for a query parameter. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

export interface AppErrorOptions {
  readonly cause?: unknown;
  readonly errors?: readonly FieldProblem[];
  /** Whoever creates an error knows whether trying again can help; the kind's default otherwise. */
  readonly retryable?: boolean;
  /** Seconds until trying again makes sense; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/**
 * The one error of services and repositories. `code` is dotted, stable and documented (`execution.already_finished`);
 * `message` tells a person what happened and what to do, and never contains a secret or another organisation's data.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly errors: readonly FieldProblem[] | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.errors = options.errors;
    this.retryable = options.retryable ?? (kind === 'limited' || kind === 'unavailable');
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
