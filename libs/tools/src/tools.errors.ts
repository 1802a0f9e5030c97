import type { Problem, StepError } from '#kernel';
import { AppError, type ErrorKind, forbidden, invalid, notFound } from '#platform/errors';

export const toolNotFound = (): AppError => notFound('tool');

/** The same words for what never was, what is another organisation's and what is somebody else's private one. */
export const credentialNotUsable = (): AppError => notFound('credential');

export const permissionMissing = (permission: string): AppError =>
  forbidden('auth.forbidden', `Running this tool needs the permission ${permission}.`);

export const argumentsInvalid = (problems: readonly Problem[]): AppError =>
  invalid('tool.arguments_invalid', 'The arguments do not fit the schema of the tool, which was not run.', problems);

const KINDS: Readonly<Record<string, ErrorKind>> = {
  'tool.timeout': 'unavailable',
  'tool.output_too_large': 'invalid',
  'egress.blocked': 'forbidden',
  'egress.timeout': 'unavailable',
  'egress.failed': 'unavailable',
  'credential.not_found': 'not_found',
  'credential.host_not_allowed': 'forbidden',
  'tool.rate_limited': 'unavailable',
  'tool.unavailable': 'unavailable',
};

/** What a tool says about a call that it could not carry out is the caller's to mend, unless it lies with others. */
export function toolFailed(error: StepError): AppError {
  const { code, message, retryable } = error;
  return new AppError(KINDS[code] ?? 'invalid', code, message, { retryable, cause: error });
}
