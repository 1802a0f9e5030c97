import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { GraphChange } from '#kernel';
import type { DiffSide, VersionDiff } from '../agent-history.service.js';
import { GraphEdgeDto } from './graph.dto.js';

const SIDE = { oneOf: [{ type: 'integer' }, { type: 'string', enum: ['draft'] }] };

export class FieldChangeResponse {
  @ApiProperty({ description: 'JSON pointer into the node.', example: '/config/prompt' })
  pointer!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Any JSON; absent when the field is new.',
  })
  before?: unknown;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Any JSON; absent when the field is gone.',
  })
  after?: unknown;
}

export class GraphChangeResponse {
  @ApiProperty({ enum: ['node-added', 'node-removed', 'node-changed', 'edge-added', 'edge-removed'] })
  kind!: string;

  @ApiPropertyOptional()
  nodeId?: string;

  @ApiPropertyOptional({ type: GraphEdgeDto })
  edge?: GraphEdgeDto;

  @ApiPropertyOptional({ type: [FieldChangeResponse] })
  fields?: readonly FieldChangeResponse[];
}

export class VersionDiffResponse {
  @ApiProperty(SIDE)
  from!: DiffSide;

  @ApiProperty(SIDE)
  to!: DiffSide;

  @ApiProperty({ type: [GraphChangeResponse] })
  changes!: readonly GraphChange[];

  static from({ from, to, changes }: VersionDiff): VersionDiffResponse {
    return { from, to, changes };
  }
}
