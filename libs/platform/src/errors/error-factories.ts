import { AppError, type AppErrorOptions, type FieldProblem } from './app-error.js';

/** 404, with the same words for what never was and for what another organisation owns. */
export function notFound(what: string): AppError {
  return new AppError('not_found', `${what}.not_found`, `There is no such ${what.replaceAll('_', ' ')}.`);
}

export function conflict(code: string, message: string, options?: AppErrorOptions): AppError {
  return new AppError('conflict', code, message, options);
}

export function forbidden(code: string, message: string): AppError {
  return new AppError('forbidden', code, message);
}

export function unauthenticated(code: string, message: string): AppError {
  return new AppError('unauthenticated', code, message);
}

/** 422: understood, but not acceptable; `errors` names each field. */
export function invalid(code: string, message: string, errors: readonly FieldProblem[]): AppError {
  return new AppError('invalid', code, message, { errors });
}

export function limited(code: string, message: string, retryAfterSeconds: number): AppError {
  return new AppError('limited', code, message, { retryAfterSeconds });
}

export function unavailable(code: string, message: string, options?: AppErrorOptions): AppError {
  return new AppError('unavailable', code, message, options);
}
