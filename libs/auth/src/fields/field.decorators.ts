import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsEmail, IsString, Length, MaxLength, ValidateIf } from 'class-validator';

/** May be left out, but not be null: `IsOptional` would let null through to code that expects text. */
export const Omittable = (): PropertyDecorator => ValidateIf((_object, value: unknown) => value !== undefined);

/** Without the blanks around it, before it is checked. */
export const Trimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** A name of 1 to 120 characters, without the blanks around it. */
export const NameField = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiProperty({ minLength: 1, maxLength: 120, ...options }), Trimmed(), IsString(), Length(1, 120));

export const OptionalNameField = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ minLength: 1, maxLength: 120, ...options }),
    Omittable(),
    Trimmed(),
    IsString(),
    Length(1, 120),
  );

/** An address that mail can be sent to. */
export const EmailField = (): PropertyDecorator =>
  applyDecorators(ApiProperty({ format: 'email', maxLength: 254 }), Trimmed(), IsEmail(), MaxLength(254));

/** An address as it was typed; whether it is one matters only to whoever owns it. */
export const TypedEmailField = (): PropertyDecorator =>
  applyDecorators(ApiProperty({ minLength: 1, maxLength: 254 }), Trimmed(), IsString(), Length(1, 254));

export const NewPasswordField = (): PropertyDecorator =>
  applyDecorators(ApiProperty({ format: 'password', minLength: 10, maxLength: 200 }), IsString(), Length(10, 200));

/** A secret from a link of ours. */
export const TokenField = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ minLength: 1, maxLength: 200, description: 'The secret from the link.' }),
    IsString(),
    Length(1, 200),
  );

export const RoleField = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      maxLength: 60,
      example: 'editor',
      description: '`owner`, `admin`, `editor`, `viewer`, or `role` of a custom role.',
    }),
    IsString(),
    Length(1, 60),
  );
