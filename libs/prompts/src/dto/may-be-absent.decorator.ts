import { ValidateIf } from 'class-validator';

/** Absent is fine and null is not, unlike with `@IsOptional()`: a null would reach columns that have none. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_body: unknown, value: unknown) => value !== undefined);
