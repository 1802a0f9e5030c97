import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { IsPlainText, MayBeAbsent, VersionField } from '../../dto/trigger-fields.js';
import { type Verification, VERIFICATIONS } from '../verification.js';

const HeaderField = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: String, nullable: true, maxLength: 64, description }),
    IsOptional(),
    IsString(),
    Matches(/^[A-Za-z0-9-]{1,64}$/, { message: '$property must be the name of a header' }),
  );

const SignatureHeaderField = (): PropertyDecorator =>
  HeaderField('Only for hmac-sha256: carries the signature in hex or base64, with or without sha256= before it.');

const TimestampHeaderField = (): PropertyDecorator =>
  HeaderField(
    'Only for hmac-sha256: carries the time in seconds; the signature then covers `<time>.<body>` and messages older than five minutes are refused. Without it the same body counts as the same message for ever.',
  );

const InputExpressionField = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: String,
      nullable: true,
      maxLength: 16_384,
      example: '{ "text": body.issue.title }',
      description: 'JSONata over body, headers and query that gives the input of the run; null for the body itself.',
    }),
    IsOptional(),
    IsString(),
    Length(1, 16_384),
  );

const SecretField = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      minLength: 16,
      maxLength: 200,
      description: 'When the sender dictates it; made for you otherwise.',
    }),
    MayBeAbsent(),
    IsString(),
    Length(16, 200),
  );

export class CreateWebhookRequest {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  agentId!: string;

  @VersionField()
  version?: number | null;

  @ApiProperty({ minLength: 1, maxLength: 120, example: 'New issues' })
  @IsPlainText(1, 120)
  name!: string;

  @ApiPropertyOptional({ enum: VERIFICATIONS, enumName: 'WebhookVerification', default: 'standard-webhooks' })
  @MayBeAbsent()
  @IsIn(VERIFICATIONS)
  verification?: Verification;

  @SignatureHeaderField()
  signatureHeader?: string | null;

  @TimestampHeaderField()
  timestampHeader?: string | null;

  @InputExpressionField()
  inputExpression?: string | null;

  @SecretField()
  secret?: string;

  @ApiPropertyOptional({ default: true, description: 'False refuses messages with 409.' })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class UpdateWebhookRequest {
  @VersionField()
  version?: number | null;

  @ApiPropertyOptional({ minLength: 1, maxLength: 120 })
  @MayBeAbsent()
  @IsPlainText(1, 120)
  name?: string;

  @SignatureHeaderField()
  signatureHeader?: string | null;

  @TimestampHeaderField()
  timestampHeader?: string | null;

  @InputExpressionField()
  inputExpression?: string | null;

  @ApiPropertyOptional({ description: 'False refuses messages with 409.' })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class RotateSecretRequest {
  @SecretField()
  secret?: string;
}
