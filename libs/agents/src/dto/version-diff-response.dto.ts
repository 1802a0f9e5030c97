import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { GraphDiff } from '#kernel';
import type { DiffSide, VersionDiff } from '../agent-history.service.js';
import { GraphEdgeDto, GraphNodeDto } from './graph.dto.js';

const SIDE = { oneOf: [{ type: 'integer' }, { type: 'string', enum: ['draft'] }] };
const ANY_JSON = { description: 'Any JSON.', nullable: true };

export class FieldChangeResponse {
  @ApiProperty({ description: 'JSON pointer into the node.', example: '/config/prompt' })
  pointer!: string;

  @ApiPropertyOptional({ ...ANY_JSON, description: 'Any JSON; absent when the field is new.' })
  before?: unknown;

  @ApiPropertyOptional({ ...ANY_JSON, description: 'Any JSON; absent when the field is gone.' })
  after?: unknown;
}

export class GraphChangeResponse {
  @ApiProperty({ enum: ['node-added', 'node-removed', 'node-changed', 'edge-added', 'edge-removed'] })
  kind!: 'node-added' | 'node-removed' | 'node-changed' | 'edge-added' | 'edge-removed';

  @ApiPropertyOptional({ description: 'Of the changes of a node.' })
  nodeId?: string;

  @ApiPropertyOptional({ type: GraphNodeDto, description: 'The node that was added or removed.' })
  node?: object;

  @ApiPropertyOptional({ type: GraphEdgeDto, description: 'The edge that was added or removed.' })
  edge?: GraphEdgeDto;

  @ApiPropertyOptional({ type: [FieldChangeResponse], description: 'What changed in the node.' })
  fields?: readonly FieldChangeResponse[];
}

export class VersionDiffResponse {
  @ApiProperty(SIDE)
  from!: DiffSide;

  @ApiProperty(SIDE)
  to!: DiffSide;

  @ApiProperty({
    type: [GraphChangeResponse],
    description: 'Empty when both do the same; where nodes stand does not count.',
  })
  changes!: GraphChangeResponse[];

  static from({ from, to, diff }: VersionDiff): VersionDiffResponse {
    return { from, to, changes: inOneList(diff) };
  }
}

function inOneList({ nodes, edges }: GraphDiff): GraphChangeResponse[] {
  return [
    ...nodes.removed.map((node) => ({ kind: 'node-removed' as const, nodeId: node.id, node })),
    ...nodes.added.map((node) => ({ kind: 'node-added' as const, nodeId: node.id, node })),
    ...nodes.changed.map(({ nodeId, changes }) => ({ kind: 'node-changed' as const, nodeId, fields: changes })),
    ...edges.removed.map((edge) => ({ kind: 'edge-removed' as const, edge })),
    ...edges.added.map((edge) => ({ kind: 'edge-added' as const, edge })),
  ];
}
