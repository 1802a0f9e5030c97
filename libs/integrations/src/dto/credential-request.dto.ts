import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  registerDecorator,
  ValidateIf,
} from 'class-validator';
import { PageQuery } from '#platform/http';
import { type Sharing, SHARINGS } from '../integration.entity.js';
import { CREDENTIAL_KINDS } from '../kinds/credential-kinds.js';

const KIND_NAMES = CREDENTIAL_KINDS.map(({ kind }) => kind);

const MayBeAbsent = (): PropertyDecorator => ValidateIf((_body: unknown, value: unknown) => value !== undefined);

const NameChecks = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    Length(1, 120),
    Matches(/^[^\0]*$/, { message: '$property must not contain a NUL character' }),
  );

/** An object of texts and nulls. What the names may be is the kind's to say. */
const AreFieldValues = (): PropertyDecorator => (target, property) => {
  registerDecorator({
    name: 'areFieldValues',
    target: target.constructor,
    propertyName: property as string,
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        Object.keys(value).length <= 50 &&
        Object.values(value).every((each) => each === null || typeof each === 'string'),
      defaultMessage: () => '$property must be an object whose values are texts, or null to take one away',
    },
  });
};

const FieldsDocument = {
  type: 'object',
  additionalProperties: { type: 'string', nullable: true },
  example: { token: 'the secret' },
  description: 'By name of the field, as GET /integrations/kinds lists them. Secrets are never shown again.',
} as const;

const HostsDocument = {
  type: [String] as [typeof String],
  maxItems: 20,
  example: ['api.example.com'],
  description:
    'Where it may be sent: `api.example.com`, `*.example.com`, with `:8443` for another port and `http://` before it where there is no TLS. What the kind says when absent.',
} satisfies ApiPropertyOptions;

const SharingDocument = {
  enum: SHARINGS,
  enumName: 'CredentialSharing',
  description: '`private`: for its maker alone; `use`: everybody may use it; `edit`: everybody may change it, too.',
};

export class CreateCredentialRequest {
  @ApiProperty({ enum: KIND_NAMES, example: 'http-bearer' })
  @IsIn(KIND_NAMES)
  kind!: string;

  @ApiProperty({ minLength: 1, maxLength: 120, example: 'Issue tracker' })
  @NameChecks()
  name!: string;

  @ApiProperty(FieldsDocument)
  @IsObject()
  @AreFieldValues()
  fields!: Record<string, string | null>;

  @ApiPropertyOptional(HostsDocument)
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  allowedHosts?: string[];

  @ApiPropertyOptional({ ...SharingDocument, default: 'use' })
  @MayBeAbsent()
  @IsIn(SHARINGS)
  sharing?: Sharing;
}

export class UpdateCredentialRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 120 })
  @MayBeAbsent()
  @NameChecks()
  name?: string;

  @ApiPropertyOptional({ ...FieldsDocument, description: 'What is left out stays; null takes a value away.' })
  @MayBeAbsent()
  @IsObject()
  @AreFieldValues()
  fields?: Record<string, string | null>;

  @ApiPropertyOptional(HostsDocument)
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  allowedHosts?: string[];

  @ApiPropertyOptional(SharingDocument)
  @MayBeAbsent()
  @IsIn(SHARINGS)
  sharing?: Sharing;
}

export class ListCredentialsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Of these kinds only, comma separated.', example: 'github,http-bearer' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  kinds?: string;
}

export class CompleteSignInRequest {
  @ApiProperty({ minLength: 1, maxLength: 200, description: 'As the service has sent it back.' })
  @IsString()
  @Length(1, 200)
  state!: string;

  @ApiPropertyOptional({ maxLength: 4000 })
  @MayBeAbsent()
  @IsString()
  @Length(1, 4_000)
  code?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Why there is no code.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  error?: string;
}
