import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';
import { PageQuery } from '#platform/http';
import { IsPlainText } from './is-plain-text.decorator.js';

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false };

export class ListAgentsQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 200, description: 'Part of the name, in any case.' })
  @IsOptional()
  @IsPlainText(0, 200)
  search?: string;

  @ApiPropertyOptional({ default: false, description: 'The archived agents instead of those in use.' })
  @Transform(({ value }: { value: unknown }) => BOOLEANS[String(value)] ?? value)
  @IsBoolean()
  archived: boolean = false;
}
