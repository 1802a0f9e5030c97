import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { AppError, type FieldProblem } from '../errors/index.js';

/** Refuses unknown fields (400) and names each wrong one by JSON pointer, so that a form can show it at its place. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => {
      const problems = errors.flatMap((error) => toProblems(error, ''));
      return new AppError('malformed', 'request.invalid', `The request is not acceptable: ${problems[0]?.message ?? 'see errors'}`, {
        errors: problems,
      });
    },
  });
}

function toProblems(error: ValidationError, parent: string): FieldProblem[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    pointer,
    code: rule === 'whitelistValidation' ? 'unknown_field' : rule,
    message: rule === 'whitelistValidation' ? `${error.property} is not a field of this request. Remove it.` : `${message}.`,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => toProblems(child, pointer))];
}
