import { ApiProperty } from '@nestjs/swagger';
import { IsObject, Matches } from 'class-validator';
import type { Tool } from '../tool.js';

export class ToolNameParam {
  @ApiProperty({ example: 'calculator', pattern: '^[a-zA-Z0-9_-]{1,64}$' })
  @Matches(/^[a-zA-Z0-9_-]{1,64}$/)
  name!: string;
}

export class RunToolRequest {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { expression: '(2 + 3) * 4' },
    description: 'Must fit the `inputSchema` of the tool.',
  })
  @IsObject()
  arguments!: Record<string, unknown>;
}

export class RunToolResponse {
  @ApiProperty({ description: 'What the tool returned; any JSON.', example: { result: 20 } })
  result!: unknown;
}

export class ToolResponse {
  @ApiProperty({ example: 'calculator' })
  name!: string;

  @ApiProperty({ description: 'When and why to use it; models choose by this.' })
  description!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'JSON Schema of the arguments.' })
  inputSchema!: Readonly<Record<string, unknown>>;

  @ApiProperty({ enum: ['read', 'write'], description: '`write`: it may change something outside.' })
  effect!: 'read' | 'write';

  @ApiProperty({ type: 'integer', description: 'How long one call may take, in milliseconds.' })
  timeoutMs!: number;

  @ApiProperty({ type: 'integer', description: 'How large its result may be, in bytes of JSON.' })
  outputBytes!: number;

  static from({ name, description, inputSchema, effect, timeoutMs, outputBytes }: Tool): ToolResponse {
    return { name, description, inputSchema, effect, timeoutMs, outputBytes };
  }
}

export class ToolListResponse {
  @ApiProperty({ type: [ToolResponse] })
  data!: ToolResponse[];

  static from(tools: readonly Tool[]): ToolListResponse {
    return { data: tools.map((tool) => ToolResponse.from(tool)) };
  }
}
