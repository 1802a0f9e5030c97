import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Page } from '#platform/http';
import type { FieldChange } from '../content/diff-contents.js';
import type { DiffLine } from '../content/line-diff.js';
import type { PromptContent } from '../content/prompt-content.js';
import type { DiffSide, VersionDiff } from '../versions/prompt-history.service.js';
import type { VersionRecord, VersionWithContent } from '../versions/prompt-versions.repository.js';
import { PromptContentDto } from './prompt-content.dto.js';

export class PromptPublisherResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class PromptVersionSummaryResponse {
  @ApiProperty({ type: 'integer', example: 3 })
  number!: number;

  @ApiProperty({ description: 'What has changed, in the words of who published it; may be empty.' })
  note!: string;

  @ApiProperty({ description: 'Equal for versions that say the same.' })
  contentHash!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: PromptPublisherResponse, nullable: true, description: 'Null once that account is deleted.' })
  createdBy!: PromptPublisherResponse | null;

  static from({ number, note, contentHash, createdAt, createdBy }: VersionRecord): PromptVersionSummaryResponse {
    return { number, note, contentHash, createdAt: createdAt.toISOString(), createdBy };
  }
}

export class PromptVersionResponse extends PromptVersionSummaryResponse {
  @ApiProperty({ type: PromptContentDto })
  content!: PromptContent;

  static override from(version: VersionWithContent): PromptVersionResponse {
    return { ...PromptVersionSummaryResponse.from(version), content: version.content };
  }
}

export class PromptVersionPageResponse {
  @ApiProperty({ type: [PromptVersionSummaryResponse] })
  data!: PromptVersionSummaryResponse[];

  @ApiProperty({ type: 'string', nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from(page: Page<VersionRecord>): PromptVersionPageResponse {
    return {
      data: page.data.map(PromptVersionSummaryResponse.from),
      nextCursor: page.nextCursor,
      hasMore: page.hasMore,
    };
  }
}

const SIDE = { oneOf: [{ type: 'integer' }, { type: 'string', enum: ['draft'] }] };

export class PromptDiffLineResponse {
  @ApiProperty({ enum: ['same', 'added', 'removed'] })
  change!: DiffLine['change'];

  @ApiProperty()
  text!: string;
}

export class PromptFieldChangeResponse {
  @ApiProperty({ description: 'JSON pointer; variables by their name.', example: '/variables/text/type' })
  pointer!: string;

  @ApiPropertyOptional({ nullable: true, description: 'Any JSON; absent when the field is new.' })
  before?: unknown;

  @ApiPropertyOptional({ nullable: true, description: 'Any JSON; absent when the field is gone.' })
  after?: unknown;
}

export class PromptDiffResponse {
  @ApiProperty(SIDE)
  from!: DiffSide;

  @ApiProperty(SIDE)
  to!: DiffSide;

  @ApiProperty({
    type: [PromptDiffLineResponse],
    description: 'All lines of the system text; empty when it is the same.',
  })
  system!: DiffLine[];

  @ApiProperty({
    type: [PromptDiffLineResponse],
    description: 'All lines of the user text; empty when it is the same.',
  })
  user!: DiffLine[];

  @ApiProperty({ type: [PromptFieldChangeResponse], description: 'Everything else that changed.' })
  fields!: FieldChange[];

  static from({ from, to, diff: { system, user, fields } }: VersionDiff): PromptDiffResponse {
    return { from, to, system: [...system], user: [...user], fields: [...fields] };
  }
}
