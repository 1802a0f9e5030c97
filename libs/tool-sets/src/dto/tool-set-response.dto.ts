import { ApiProperty } from '@nestjs/swagger';
import { TOOL_SET_KINDS, type ToolSetKind } from '../tool-set-adapter.js';
import { TOOL_SET_STATUSES, type ToolSet, type ToolSetStatus } from '../tool-set.entity.js';
import type { ListedToolSet } from '../tool-sets.read-model.js';

export class ToolSetResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: TOOL_SET_KINDS, enumName: 'ToolSetKind', description: 'How the other side is spoken to.' })
  kind!: ToolSetKind;

  @ApiProperty({ example: 'Issue tracker' })
  name!: string;

  @ApiProperty({ example: 'tracker', description: 'The names of its tools begin with it and two underscores.' })
  slug!: string;

  @ApiProperty({ format: 'uri' })
  url!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  credentialId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Where its document is fetched from; null for pasted ones.',
  })
  documentUrl!: string | null;

  @ApiProperty({
    enum: TOOL_SET_STATUSES,
    enumName: 'ToolSetStatus',
    description: '`needs_review`: it offers tools that nobody here has looked at as they are now.',
  })
  status!: ToolSetStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Why it could not be reached.' })
  lastError!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it was asked last.' })
  checkedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: 'integer' })
  toolCount!: number;

  @ApiProperty({ type: 'integer', description: 'How many of them agents may use.' })
  enabledCount!: number;

  static from({ set, total, enabled }: ListedToolSet): ToolSetResponse {
    const { id, kind, name, slug, url, credentialId, status, lastError, checkedAt, createdAt } = set;
    return {
      id,
      kind,
      name,
      slug,
      url,
      credentialId,
      documentUrl: documentUrlOf(set),
      status,
      lastError,
      checkedAt: checkedAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      toolCount: total,
      enabledCount: enabled,
    };
  }
}

export class ToolSetListResponse {
  @ApiProperty({ type: [ToolSetResponse] })
  data!: ToolSetResponse[];

  static from(sets: readonly ListedToolSet[]): ToolSetListResponse {
    return { data: sets.map((set) => ToolSetResponse.from(set)) };
  }
}

function documentUrlOf({ settings }: ToolSet): string | null {
  const { documentUrl } = settings;
  return typeof documentUrl === 'string' ? documentUrl : null;
}
