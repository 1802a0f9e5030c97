import { ApiProperty } from '@nestjs/swagger';
import { describeNodeKind, type NodeKind, type NodeKindDescription } from '#kernel';

export class NodeKindResponse implements NodeKindDescription {
  @ApiProperty({ example: 'llm' })
  kind!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ description: 'Name of a lucide icon.' })
  icon!: string;

  @ApiProperty({ enum: ['flow', 'model', 'data', 'integration'] })
  group!: NodeKind['group'];

  @ApiProperty({ enum: ['pure', 'effectful'] })
  effect!: NodeKind['effect'];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'JSON Schema of `config`; `x-editor` names the control of a field.',
  })
  configSchema!: Readonly<Record<string, unknown>>;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The configuration of a newly added node.' })
  defaults!: unknown;

  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'Output ports besides `error`; null when they depend on the configuration.',
  })
  ports!: readonly string[] | null;

  @ApiProperty({ description: 'Whether it can stand inside another node, for example in a map.' })
  mayBeInner!: boolean;
}

export class NodeKindListResponse {
  @ApiProperty({ type: [NodeKindResponse] })
  data!: NodeKindResponse[];

  static from(kinds: readonly NodeKind[]): NodeKindListResponse {
    return { data: kinds.map(describeNodeKind) };
  }
}
