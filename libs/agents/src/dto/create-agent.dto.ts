import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow } from 'class-validator';
import { MAX_AGENT_NAME_LENGTH } from '../agents.service.js';
import { GraphDto } from './graph.dto.js';
import { IsPlainText } from './is-plain-text.decorator.js';
import { MayBeAbsent } from './may-be-absent.decorator.js';

export const MAX_DESCRIPTION_LENGTH = 2_000;

export class CreateAgentDto {
  @ApiProperty({ minLength: 1, maxLength: MAX_AGENT_NAME_LENGTH, example: 'Ticket triage' })
  @IsPlainText(1, MAX_AGENT_NAME_LENGTH)
  name!: string;

  @ApiPropertyOptional({ maxLength: MAX_DESCRIPTION_LENGTH })
  @MayBeAbsent()
  @IsPlainText(0, MAX_DESCRIPTION_LENGTH)
  description?: string;

  @ApiPropertyOptional({ type: GraphDto, description: 'The first draft. A small working one when absent.' })
  // As it was sent: the kernel checks it, and class-transformer would copy it without some of its keys.
  @Transform(({ obj }: { obj: { graph?: unknown } }) => obj.graph)
  @Allow()
  graph?: unknown;
}
