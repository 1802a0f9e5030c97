import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { AppError, type FieldProblem } from '../errors/index.js';
import { asSentFields } from './as-sent.js';

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
    const reserved = metadata.type === 'body' ? reservedFields(value) : [];
    if (reserved.length > 0) throw refusal(reserved.map((field) => unknownField(`/${field}`, field)));
    const kept = valuesAsSent(value, metadata);
    if (kept.size === 0) return this.check(value, metadata);
    const shells = [...kept].map(([field, each]) => [field, Array.isArray(each) ? [] : {}]);
    const checked = await this.check({ ...(value as object), ...Object.fromEntries(shells) }, metadata);
    return Object.assign(checked as object, Object.fromEntries(kept));
  }

  private async check(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return (await super.transform(value, metadata)) as unknown;
    } catch (error) {
      if (!(error instanceof WrongFields)) throw error;
      const root = metadata.type === 'body' ? '' : `/${metadata.type}`;
      throw refusal(error.errors.flatMap((each) => toProblems(each, root)));
    }
  }
}

/** Objects and lists that are the sender's own, by field. */
function valuesAsSent(value: unknown, { type, metatype }: ArgumentMetadata): ReadonlyMap<string, unknown> {
  if (type !== 'body' || typeof value !== 'object' || value === null) return new Map();
  const fields = Object.entries(value as Record<string, unknown>);
  const own = asSentFields(metatype);
  return new Map(fields.filter(([name, each]) => own.includes(name) && typeof each === 'object' && each !== null));
}

/** On its way from the validator to the pipe, which knows where the values came from. */
class WrongFields extends Error {
  constructor(readonly errors: readonly ValidationError[]) {
    super('Some fields are wrong.');
  }
}

/** Names that class-transformer passes over in silence, so that the validator never sees them. */
function reservedFields(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).filter((field) => field === 'prototype' || field in Object.prototype);
}

function refusal(errors: readonly FieldProblem[]): AppError {
  const [first] = errors;
  return new AppError(
    'malformed',
    'request.invalid',
    `The request is not acceptable: ${first?.message ?? 'see errors'}`,
    { errors },
  );
}

function unknownField(pointer: string, field: string): FieldProblem {
  return { pointer, code: 'unknown_field', message: `${field} is not a field of this request. Remove it.` };
}

function toProblems(error: ValidationError, parent: string): FieldProblem[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation'
      ? unknownField(pointer, error.property)
      : { pointer, code: rule, message: `${message}.` },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => toProblems(child, pointer))];
}
