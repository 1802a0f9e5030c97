import { ApiPropertyOptional } from '@nestjs/swagger';
import { MAX_AGENT_NAME_LENGTH } from '../agents.service.js';
import { IsPlainText } from './is-plain-text.decorator.js';
import { MayBeAbsent } from './may-be-absent.decorator.js';

/** What to call an agent that is made from something that already has a name. */
export class NameAgentDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_AGENT_NAME_LENGTH })
  @MayBeAbsent()
  @IsPlainText(1, MAX_AGENT_NAME_LENGTH)
  name?: string;
}
