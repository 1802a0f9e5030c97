import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { AppError, type FieldProblem } from '../errors/index.js';

/** Refuses unknown fields (400) and names each wrong one by JSON pointer, so that a form can show it at its place. */
export function createValidationPipe(): ValidationPipe {
  return new RequestValidationPipe();
}

class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      exceptionFactory: (errors) => new WrongFields(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return (await super.transform(value, metadata)) as unknown;
    } catch (error) {
      if (!(error instanceof WrongFields)) throw error;
      const root = metadata.type === 'body' ? '' : `/${metadata.type}`;
      const problems = error.errors.flatMap((each) => toProblems(each, root));
      const [first] = problems;
      throw new AppError(
        'malformed',
        'request.invalid',
        `The request is not acceptable: ${first?.message ?? 'see errors'}`,
        {
          errors: problems,
        },
      );
    }
  }
}

/** On its way from the validator to the pipe, which knows where the values came from. */
class WrongFields extends Error {
  constructor(readonly errors: readonly ValidationError[]) {
    super('Some fields are wrong.');
  }
}

function toProblems(error: ValidationError, parent: string): FieldProblem[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    pointer,
    code: rule === 'whitelistValidation' ? 'unknown_field' : rule,
    message:
      rule === 'whitelistValidation' ? `${error.property} is not a field of this request. Remove it.` : `${message}.`,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => toProblems(child, pointer))];
}
