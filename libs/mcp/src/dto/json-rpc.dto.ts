import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The envelope of every message; what may stand in it is the protocol's specification's business. */
export class McpMessage {
  @ApiProperty({ enum: ['2.0'] })
  jsonrpc!: '2.0';

  @ApiPropertyOptional({
    oneOf: [{ type: 'string' }, { type: 'integer' }],
    description: 'The sender’s own number for it; absent in notifications.',
  })
  id?: string | number;

  @ApiProperty({ example: 'tools/list' })
  method!: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  params?: Record<string, unknown>;
}

export class McpDescriptionResponse {
  @ApiProperty({ example: 'AgentFlow' })
  name!: string;

  @ApiProperty()
  version!: string;

  @ApiProperty({ enum: ['streamable-http'], description: 'How the Model Context Protocol is spoken here.' })
  transport!: 'streamable-http';

  @ApiProperty({ description: 'What to give to a client.', example: 'https://agentflow.example.com/mcp' })
  url!: string;
}
