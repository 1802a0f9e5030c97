import { ApiProperty } from '@nestjs/swagger';
import type { Graph } from '#kernel';
import type { AgentTemplate } from '../templates/agent-template.js';
import { GraphDto } from './graph.dto.js';

export class TemplateResponse {
  @ApiProperty({ example: 'summarise-text' })
  slug!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ type: GraphDto })
  graph!: Graph;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'An input to try it with.' })
  sampleInput!: unknown;

  static from({ slug, name, description, graph, sampleInput }: AgentTemplate): TemplateResponse {
    return { slug, name, description, graph, sampleInput };
  }
}

export class TemplateListResponse {
  @ApiProperty({ type: [TemplateResponse] })
  data!: TemplateResponse[];

  static from(templates: readonly AgentTemplate[]): TemplateListResponse {
    return { data: templates.map(TemplateResponse.from) };
  }
}
