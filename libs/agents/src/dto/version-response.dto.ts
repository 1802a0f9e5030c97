import { ApiProperty } from '@nestjs/swagger';
import type { Graph } from '#kernel';
import type { Page } from '#platform/http';
import type { VersionWithGraph } from '../agent-history.service.js';
import type { VersionRecord } from '../agent-versions.read-model.js';
import { GraphDto } from './graph.dto.js';

export class PublisherResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class VersionSummaryResponse {
  @ApiProperty({ type: 'integer', example: 3 })
  number!: number;

  @ApiProperty({ description: 'What has changed, in the words of who published it; may be empty.' })
  note!: string;

  @ApiProperty({ description: 'Equal for graphs that do the same.' })
  graphHash!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: PublisherResponse, nullable: true, description: 'Null once that account is deleted.' })
  createdBy!: PublisherResponse | null;

  static from({ number, note, graphHash, createdAt, createdBy }: VersionRecord): VersionSummaryResponse {
    return { number, note, graphHash, createdAt: createdAt.toISOString(), createdBy };
  }
}

export class VersionResponse extends VersionSummaryResponse {
  @ApiProperty({ type: GraphDto })
  graph!: Graph;

  static override from(version: VersionWithGraph): VersionResponse {
    return { ...VersionSummaryResponse.from(version), graph: version.graph };
  }
}

export class VersionPageResponse {
  @ApiProperty({ type: [VersionSummaryResponse] })
  data!: VersionSummaryResponse[];

  @ApiProperty({ type: 'string', nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from(page: Page<VersionRecord>): VersionPageResponse {
    return { data: page.data.map(VersionSummaryResponse.from), nextCursor: page.nextCursor, hasMore: page.hasMore };
  }
}
