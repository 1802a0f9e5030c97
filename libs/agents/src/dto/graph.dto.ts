import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Documents what the kernel checks; no request is validated by these classes, because the kernel says it better. */
export class RetryPolicyDto {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'All attempts together, the first included.', example: 3 })
  maxAttempts!: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Wait before the second attempt; doubles each time, at most 60 s.',
  })
  backoffMs?: number;

  @ApiPropertyOptional({
    type: [String],
    description: 'Only errors whose code begins with one of these are tried again; all that can pass when absent.',
    example: ['http.status', 'provider.'],
  })
  on?: string[];
}

export class CanvasPositionDto {
  @ApiProperty({ example: 280 })
  x!: number;

  @ApiProperty({ example: 0 })
  y!: number;
}

export class GraphNodeDto {
  @ApiProperty({ description: 'Unique in the graph; `steps.<id>` in expressions.', example: 'summary' })
  id!: string;

  @ApiProperty({ description: 'One of GET /node-kinds.', example: 'llm' })
  kind!: string;

  @ApiPropertyOptional({ description: 'What people read on the canvas; the id when absent.' })
  name?: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'As the `configSchema` of the kind says.',
    example: { model: 'simulated/offline', prompt: 'Summarise: {{ input.text }}' },
  })
  config!: Record<string, unknown>;

  @ApiPropertyOptional({ type: RetryPolicyDto })
  retry?: RetryPolicyDto;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'Limit for one attempt of this node.' })
  timeoutMs?: number;

  @ApiPropertyOptional({ type: CanvasPositionDto })
  position?: CanvasPositionDto;
}

export class GraphEdgeDto {
  @ApiProperty({ example: 'start' })
  from!: string;

  @ApiProperty({ example: 'summary' })
  to!: string;

  @ApiPropertyOptional({
    description: 'The output port it leaves by; `out` when absent, `error` for the failure branch.',
  })
  port?: string;
}

/** An agent as it is drawn, stored and exported. */
export class GraphDto {
  @ApiProperty({ type: [GraphNodeDto] })
  nodes!: GraphNodeDto[];

  @ApiProperty({ type: [GraphEdgeDto] })
  edges!: GraphEdgeDto[];
}
