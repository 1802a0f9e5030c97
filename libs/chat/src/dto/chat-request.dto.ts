import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { AsSent } from '#platform/http';

/** A longer text is a document; give it to the agent as one. */
export const MAX_MESSAGE_CHARACTERS = 100_000;

export class ChatOverridesDto {
  @ApiPropertyOptional({ maxLength: 200, example: 'simulated/offline', description: 'provider/model' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  model?: string;

  @ApiPropertyOptional({ minimum: 0, maximum: 2 })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(2)
  temperature?: number;

  @ApiPropertyOptional({ exclusiveMinimum: 0, maximum: 1, type: 'number' } as object)
  @IsOptional()
  @IsNumber()
  @Min(Number.MIN_VALUE)
  @Max(1)
  topP?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 1_000_000, type: 'integer' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  maxTokens?: number;
}

export class ChatDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'Begins a conversation with this agent.' })
  @IsOptional()
  @IsUUID()
  agentId?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'The published version that the conversation stays with; always the latest one when absent.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;

  @ApiPropertyOptional({ format: 'uuid', description: 'Goes on with this conversation.' })
  @IsOptional()
  @IsUUID()
  conversationId?: string;

  @ApiProperty({ minLength: 1, maxLength: MAX_MESSAGE_CHARACTERS })
  @IsString()
  @Length(1, MAX_MESSAGE_CHARACTERS)
  message!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Further fields of the agent’s input, for this turn; at most 16 KiB.',
  })
  @AsSent()
  @IsOptional()
  @IsObject()
  context?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: ChatOverridesDto,
    description: 'Other model and parameters for this turn, to try them out. Asks for the permission agents:write.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ChatOverridesDto)
  overrides?: ChatOverridesDto;

  @ApiPropertyOptional({
    minimum: 0,
    maximum: 300,
    default: 60,
    description: 'How long the answer is waited for. 0: the message is taken in, and its run named, at once.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(300)
  waitSeconds?: number;
}
