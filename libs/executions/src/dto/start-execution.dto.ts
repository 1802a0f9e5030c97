import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsObject, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { IsCallbackUrl, MAX_CALLBACK_URL_CHARACTERS } from '../callbacks/dto/is-callback-url.js';

export class StartExecutionDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  agentId!: string;

  @ApiPropertyOptional({ minimum: 1, description: 'A published version; the latest one when absent.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: "Checked against the schema of the agent's start node.",
  })
  @IsObject()
  input!: Record<string, unknown>;

  @ApiPropertyOptional({
    enum: ['async', 'wait'],
    default: 'async',
    description:
      '`async` answers 202 at once; `wait` answers 200 with the result, or 202 when it takes longer than waitSeconds.',
  })
  @IsOptional()
  @IsIn(['async', 'wait'])
  mode?: 'async' | 'wait';

  @ApiPropertyOptional({ minimum: 1, maximum: 300, default: 30, description: 'How long `wait` waits.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(300)
  waitSeconds?: number;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Kept with the run and given back with it; at most 16 KiB.',
  })
  @IsOptional()
  @IsObject()
  metadata?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: MAX_CALLBACK_URL_CHARACTERS,
    description:
      'An http(s) address that gets a POST when the run ends, signed by the Standard Webhooks specification with the secret of `/org/signing-secret`. What does not answer 2xx is tried again for about three days.',
  })
  @IsOptional()
  @IsCallbackUrl()
  callbackUrl?: string | null;
}
