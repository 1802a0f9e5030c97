import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { MAX_AGENT_NAME_LENGTH } from '../agents.service.js';
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
