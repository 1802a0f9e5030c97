import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Problem } from '#kernel';
import type { CheckedDraft } from '../agent-drafts.service.js';
import type { GraphDocument } from '../graph-document.js';
import { GraphDto } from './graph.dto.js';

export class GraphProblemResponse {
  @ApiProperty({ description: 'JSON pointer into the graph.', example: '/nodes/2/config/expression' })
  pointer!: string;

  @ApiProperty({ example: 'expression.syntax' })
  code!: string;

  @ApiProperty({ description: 'What is wrong and how to mend it.' })
  message!: string;

  @ApiPropertyOptional({ description: 'The node concerned, when there is one.' })
  nodeId?: string;

  static from({ pointer, code, message, nodeId }: Problem): GraphProblemResponse {
    return { pointer, code, message, ...(nodeId !== undefined && { nodeId }) };
  }
}

export class DraftResponse {
  @ApiProperty({ type: GraphDto })
  graph!: GraphDocument;

  @ApiProperty({ type: 'integer', description: 'Counts saved drafts; the ETag.' })
  revision!: number;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  @ApiProperty({ type: [GraphProblemResponse], description: 'What keeps the draft from being published.' })
  problems!: GraphProblemResponse[];

  static from({ agent, problems }: CheckedDraft): DraftResponse {
    return {
      graph: agent.draft,
      revision: agent.draftRevision,
      updatedAt: agent.draftUpdatedAt.toISOString(),
      problems: problems.map(GraphProblemResponse.from),
    };
  }
}

export class ValidationResponse {
  @ApiProperty({ type: [GraphProblemResponse], description: 'Empty when the graph can be published.' })
  problems!: GraphProblemResponse[];

  static from(problems: readonly Problem[]): ValidationResponse {
    return { problems: problems.map(GraphProblemResponse.from) };
  }
}
