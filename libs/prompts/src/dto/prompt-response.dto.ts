import { ApiProperty } from '@nestjs/swagger';
import type { Problem } from '#kernel';
import type { Page } from '#platform/http';
import type { PromptContent } from '../content/prompt-content.js';
import type { CheckedDraft } from '../prompt-drafts.service.js';
import type { Prompt } from '../prompt.entity.js';
import { PromptContentDto } from './prompt-content.dto.js';

export class PromptResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'ticket-summary' })
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ type: 'integer', description: 'Counts changes of name, description and archiving; the ETag.' })
  revision!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Number of the latest version; null before the first.' })
  publishedVersion!: number | null;

  @ApiProperty({ format: 'date-time' })
  draftUpdatedAt!: string;

  @ApiProperty({ description: 'Whether the draft says something else than the latest version.' })
  hasUnpublishedChanges!: boolean;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  archivedAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  static from(prompt: Prompt): PromptResponse {
    return {
      id: prompt.id,
      name: prompt.name,
      description: prompt.description,
      revision: prompt.revision,
      publishedVersion: prompt.publishedVersion,
      draftUpdatedAt: prompt.draftUpdatedAt.toISOString(),
      hasUnpublishedChanges: prompt.draftHash !== prompt.publishedHash,
      archivedAt: prompt.archivedAt?.toISOString() ?? null,
      createdAt: prompt.createdAt.toISOString(),
      updatedAt: prompt.updatedAt.toISOString(),
    };
  }
}

export class PromptPageResponse {
  @ApiProperty({ type: [PromptResponse] })
  data!: PromptResponse[];

  @ApiProperty({ type: 'string', nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from(page: Page<Prompt>): PromptPageResponse {
    return { data: page.data.map(PromptResponse.from), nextCursor: page.nextCursor, hasMore: page.hasMore };
  }
}

export class PromptProblemResponse {
  @ApiProperty({ description: 'JSON pointer into the content.', example: '/user' })
  pointer!: string;

  @ApiProperty({ example: 'template.syntax' })
  code!: string;

  @ApiProperty({ description: 'What is wrong and how to mend it.' })
  message!: string;

  static from({ pointer, code, message }: Problem): PromptProblemResponse {
    return { pointer, code, message };
  }
}

export class PromptDraftResponse {
  @ApiProperty({ type: PromptContentDto })
  content!: PromptContent;

  @ApiProperty({ type: 'integer', description: 'Counts saved drafts; the ETag.' })
  revision!: number;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  @ApiProperty({ type: [PromptProblemResponse], description: 'What keeps the draft from being published.' })
  problems!: PromptProblemResponse[];

  @ApiProperty({ type: [PromptProblemResponse], description: 'What is allowed and probably not meant.' })
  warnings!: PromptProblemResponse[];

  static from({ prompt, problems, warnings }: CheckedDraft): PromptDraftResponse {
    return {
      content: prompt.draft,
      revision: prompt.draftRevision,
      updatedAt: prompt.draftUpdatedAt.toISOString(),
      problems: problems.map(PromptProblemResponse.from),
      warnings: warnings.map(PromptProblemResponse.from),
    };
  }
}
