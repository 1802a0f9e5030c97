import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Length, Matches } from 'class-validator';

/** Text that Postgres can keep and people can read: trimmed, without NUL. */
export const IsPlainText = (least: number, most: number): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    Length(least, most),
    Matches(/^[^\0]*$/, { message: '$property must not contain a NUL character' }),
  );
