import { ApiProperty } from '@nestjs/swagger';
import type { OpenApiPreview } from '../openapi/openapi-preview.service.js';

class PreviewedOperationResponse {
  @ApiProperty({ example: 'listPets', description: 'What stands for it in `operations` of an import.' })
  operation!: string;

  @ApiProperty({ example: 'GET' })
  method!: string;

  @ApiProperty({ example: '/pets' })
  path!: string;

  @ApiProperty()
  summary!: string;

  @ApiProperty({ type: [String] })
  tags!: readonly string[];

  @ApiProperty({ enum: ['read', 'write'], description: 'As its method promises.' })
  effect!: 'read' | 'write';

  @ApiProperty()
  deprecated!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Why it cannot be a tool; null when it can.' })
  problem!: string | null;
}

export class OpenApiPreviewResponse {
  @ApiProperty({ example: 'Pet store' })
  title!: string;

  @ApiProperty({ example: 'https://api.example.com/v1', description: 'As the document says; empty when it does not.' })
  baseUrl!: string;

  @ApiProperty({ type: [PreviewedOperationResponse] })
  operations!: PreviewedOperationResponse[];

  static from({ title, baseUrl, operations }: OpenApiPreview): OpenApiPreviewResponse {
    return { title, baseUrl, operations: [...operations] };
  }
}
