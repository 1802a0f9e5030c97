import { AppError, type ErrorKind, type FieldProblem } from './app-error.js';

/** RFC 9457 problem document; the only form in which a door reports a failure. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly retryable: boolean;
  readonly errors?: readonly FieldProblem[];
}

const KINDS: Record<ErrorKind, { status: number; title: string }> = {
  malformed: { status: 400, title: 'Malformed request' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  precondition_failed: { status: 412, title: 'Changed in the meantime' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  invalid: { status: 422, title: 'Not acceptable as it is' },
  limited: { status: 429, title: 'Limit reached' },
  internal: { status: 500, title: 'Internal error' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
};

/** Any thrown thing as a problem document; what is not ours is named only by the request id. */
export function toProblem(error: unknown, requestId: string): ProblemDocument {
  const known = error instanceof AppError ? error : internal();
  const { status, title } = KINDS[known.kind];
  return {
    type: `urn:agentflow:problem:${known.code}`,
    title,
    status,
    code: known.code,
    detail: known.message,
    requestId,
    retryable: known.retryable,
    ...(known.errors && { errors: known.errors }),
  };
}

function internal(): AppError {
  return new AppError(
    'internal',
    'internal',
    'Something failed on our side. It is logged under the request id; quote it when you ask for help.',
  );
}
