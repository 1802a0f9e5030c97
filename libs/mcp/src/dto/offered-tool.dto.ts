import { ApiProperty } from '@nestjs/swagger';
import type { OfferedAgent } from '../tools/offered-tools.js';

/** An agent that clients of the Model Context Protocol can call. */
export class OfferedToolResponse {
  @ApiProperty({ description: 'What clients call it by.', example: 'summarise_a_text' })
  name!: string;

  @ApiProperty({ format: 'uuid' })
  agentId!: string;

  @ApiProperty()
  agentName!: string;

  @ApiProperty({ description: 'What the client’s model is told of it; the agent’s description.' })
  description!: string;

  static of({ toolName, agent }: OfferedAgent): OfferedToolResponse {
    return { name: toolName, agentId: agent.id, agentName: agent.name, description: agent.description };
  }
}

export class OfferedToolPageResponse {
  @ApiProperty({ type: [OfferedToolResponse] })
  data!: OfferedToolResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  @ApiProperty({ description: 'What to give to a client as the server’s address.' })
  url!: string;
}
