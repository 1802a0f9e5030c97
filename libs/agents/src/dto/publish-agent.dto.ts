import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsPlainText } from './is-plain-text.decorator.js';
import { MayBeAbsent } from './may-be-absent.decorator.js';

export class PublishAgentDto {
  @ApiPropertyOptional({ maxLength: 500, description: 'What has changed, for the history.' })
  @MayBeAbsent()
  @IsPlainText(0, 500)
  note?: string;
}
