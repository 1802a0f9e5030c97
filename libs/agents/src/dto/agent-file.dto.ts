import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AGENT_FILE_FORMAT, AGENT_FILE_VERSION, type AgentFile, type ImportedAgent } from '../agent-files.service.js';
import type { GraphDocument } from '../graph-document.js';
import { AgentResponse } from './agent-response.dto.js';
import { GraphDto } from './graph.dto.js';

export class StrippedValueResponse {
  @ApiProperty({ description: 'JSON pointer into the file.', example: '/graph/nodes/2/config/headers/Authorization' })
  pointer!: string;

  @ApiProperty({ enum: ['secret', 'organisation-id'] })
  reason!: 'secret' | 'organisation-id';
}

/** Documents an import; the service checks it, so that a wrong file is answered with pointers (422). */
export class AgentFileDto {
  @ApiProperty({ enum: [AGENT_FILE_FORMAT] })
  format!: string;

  @ApiProperty({ enum: [AGENT_FILE_VERSION] })
  formatVersion!: number;

  @ApiProperty()
  name!: string;

  @ApiPropertyOptional()
  description?: string;

  @ApiProperty({ type: GraphDto })
  graph!: GraphDto;

  @ApiPropertyOptional({ type: [StrippedValueResponse], description: 'As export wrote it; without effect.' })
  stripped?: StrippedValueResponse[];
}

export class AgentFileResponse {
  @ApiProperty({ enum: [AGENT_FILE_FORMAT] })
  format!: string;

  @ApiProperty({ enum: [AGENT_FILE_VERSION] })
  formatVersion!: number;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ type: GraphDto })
  graph!: GraphDocument;

  @ApiProperty({
    type: [StrippedValueResponse],
    description: 'Secrets and ids of this organisation that were left out.',
  })
  stripped!: readonly StrippedValueResponse[];

  static from({ format, formatVersion, name, description, graph, stripped }: AgentFile): AgentFileResponse {
    return { format, formatVersion, name, description, graph, stripped };
  }
}

export class ImportedAgentResponse extends AgentResponse {
  @ApiProperty({
    type: [StrippedValueResponse],
    description: 'Ids of another organisation that were left out; set them again.',
  })
  stripped!: readonly StrippedValueResponse[];

  static fromImport({ agent, stripped }: ImportedAgent): ImportedAgentResponse {
    return { ...AgentResponse.from(agent), stripped };
  }
}
