import type { Problem, StepError } from '#kernel';
import { AppError, type ErrorKind, invalid, notFound } from '#platform/errors';

export const toolNotFound = (): AppError => notFound('tool');

export const argumentsInvalid = (problems: readonly Problem[]): AppError =>
  invalid('tool.arguments_invalid', 'The arguments do not fit the schema of the tool, which was not run.', problems);

const KINDS: Readonly<Record<string, ErrorKind>> = {
  'tool.timeout': 'unavailable',
  'tool.output_too_large': 'invalid',
  'egress.blocked': 'forbidden',
  'egress.timeout': 'unavailable',
  'egress.failed': 'unavailable',
};

/** What a tool says about a call that it could not carry out is the caller's to mend, unless it lies with others. */
export function toolFailed(error: StepError): AppError {
  const { code, message, retryable } = error;
  return new AppError(KINDS[code] ?? 'invalid', code, message, { retryable, cause: error });
}
