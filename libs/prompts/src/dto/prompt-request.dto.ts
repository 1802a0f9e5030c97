import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsObject, IsOptional, Length, Matches, ValidateNested } from 'class-validator';
import { PageQuery } from '#platform/http';
import { MAX_PROMPT_NAME_LENGTH } from '../prompts.service.js';
import { IsPlainText } from './is-plain-text.decorator.js';
import { MayBeAbsent } from './may-be-absent.decorator.js';
import { PromptContentDto } from './prompt-content.dto.js';

export const MAX_DESCRIPTION_LENGTH = 2_000;

/** Nodes, exports and people call a prompt by it. */
const IsPromptName = (): PropertyDecorator =>
  applyDecorators(
    Length(1, MAX_PROMPT_NAME_LENGTH),
    Matches(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
      message:
        '$property must be small letters and digits with single hyphens between them, for example ticket-summary',
    }),
  );

const NAME = { minLength: 1, maxLength: MAX_PROMPT_NAME_LENGTH, example: 'ticket-summary' };

export class CreatePromptDto {
  @ApiProperty({ ...NAME, description: 'Free in the organisation; nodes of agents call the prompt by it.' })
  @IsPromptName()
  name!: string;

  @ApiPropertyOptional({ maxLength: MAX_DESCRIPTION_LENGTH })
  @MayBeAbsent()
  @IsPlainText(0, MAX_DESCRIPTION_LENGTH)
  description?: string;

  @ApiPropertyOptional({ type: PromptContentDto, description: 'The first draft. A small working one when absent.' })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => PromptContentDto)
  draft?: PromptContentDto;
}

export class UpdatePromptDto {
  @ApiPropertyOptional({ ...NAME, description: 'Cannot change while published agents use the prompt.' })
  @MayBeAbsent()
  @IsPromptName()
  name?: string;

  @ApiPropertyOptional({ maxLength: MAX_DESCRIPTION_LENGTH })
  @MayBeAbsent()
  @IsPlainText(0, MAX_DESCRIPTION_LENGTH)
  description?: string;
}

export class DuplicatePromptDto {
  @ApiPropertyOptional({ ...NAME, description: 'A free one like the original’s when absent.' })
  @MayBeAbsent()
  @IsPromptName()
  name?: string;
}

export class PublishPromptDto {
  @ApiPropertyOptional({ maxLength: 500, description: 'What has changed, for the history.' })
  @MayBeAbsent()
  @IsPlainText(0, 500)
  note?: string;
}

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false };

export class ListPromptsQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 200, description: 'Part of the name or description, in any case.' })
  @IsOptional()
  @IsPlainText(0, 200)
  search?: string;

  @ApiPropertyOptional({ default: false, description: 'The archived prompts instead of those in use.' })
  @Transform(({ value }: { value: unknown }) => BOOLEANS[String(value)] ?? value)
  @IsBoolean()
  archived: boolean = false;
}
