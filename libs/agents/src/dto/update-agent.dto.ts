import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { MAX_SLUG_LENGTH, SLUG_PATTERN } from '../agent-slug.js';
import { MAX_AGENT_NAME_LENGTH } from '../agents.service.js';
import { UpdateChatSettingsDto } from './chat-settings.dto.js';
import { MAX_DESCRIPTION_LENGTH } from './create-agent.dto.js';
import { IsPlainText } from './is-plain-text.decorator.js';
import { MayBeAbsent } from './may-be-absent.decorator.js';

export class UpdateAgentDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_AGENT_NAME_LENGTH })
  @MayBeAbsent()
  @IsPlainText(1, MAX_AGENT_NAME_LENGTH)
  name?: string;

  @ApiPropertyOptional({ maxLength: MAX_DESCRIPTION_LENGTH })
  @MayBeAbsent()
  @IsPlainText(0, MAX_DESCRIPTION_LENGTH)
  description?: string;

  @ApiPropertyOptional({
    maxLength: MAX_SLUG_LENGTH,
    pattern: SLUG_PATTERN.source,
    description: 'What OpenAI clients write as `model`; unique in the organisation.',
    example: 'ticket-triage',
  })
  @MayBeAbsent()
  @MaxLength(MAX_SLUG_LENGTH)
  @Matches(SLUG_PATTERN, { message: 'slug is lower-case letters and digits with single hyphens between them' })
  slug?: string;

  @ApiPropertyOptional({ type: UpdateChatSettingsDto })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => UpdateChatSettingsDto)
  chat?: UpdateChatSettingsDto;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: 100_000,
    description: 'Runs of this agent under way at a time; more of them wait. Null lifts the limit.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  maxConcurrentRuns?: number | null;
}
