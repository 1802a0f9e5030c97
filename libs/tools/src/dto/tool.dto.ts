import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsUUID, Matches, ValidateIf } from 'class-validator';
import { AsSent } from '#platform/http';
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
  @AsSent()
  @IsObject()
  arguments!: Record<string, unknown>;

  @ApiPropertyOptional({ format: 'uuid', description: 'A credential that you may use, for tools that take one.' })
  @ValidateIf((_body: unknown, value: unknown) => value !== undefined)
  @IsUUID()
  credentialId?: string;
}

export class RunToolResponse {
  @ApiProperty({ description: 'What the tool returned; any JSON.', example: { result: 20 } })
  result!: unknown;
}

class CredentialNeedResponse {
  @ApiProperty({
    type: [String],
    description: 'Of one of these kinds; any that is attached to web requests when empty.',
  })
  kinds!: readonly string[];

  @ApiProperty()
  required!: boolean;
}

class ToolSetOfTool {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Issue tracker' })
  name!: string;
}

export class ToolResponse {
  @ApiProperty({ example: 'calculator' })
  name!: string;

  @ApiProperty({
    type: ToolSetOfTool,
    nullable: true,
    description: 'The tool set of your organisation that it comes from; null: AgentFlow brings it along.',
  })
  set!: ToolSetOfTool | null;

  @ApiProperty({ description: 'When and why to use it; models choose by this.' })
  description!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'JSON Schema of the arguments.' })
  inputSchema!: Readonly<Record<string, unknown>>;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'JSON Schema of the result, where it is known.',
  })
  outputSchema!: Readonly<Record<string, unknown>> | null;

  @ApiProperty({ type: CredentialNeedResponse, nullable: true, description: 'Null: it takes no credential.' })
  credential!: CredentialNeedResponse | null;

  @ApiProperty({ type: String, nullable: true, description: 'What running it by hand needs beside `tools:run`.' })
  permission!: string | null;

  @ApiProperty({ enum: ['read', 'write'], description: '`write`: it may change something outside.' })
  effect!: 'read' | 'write';

  @ApiProperty({
    enum: ['never', 'onWrite', 'always'],
    description: 'When a person is asked before a run calls it, whatever its agent says; agents may be stricter.',
  })
  approval!: 'never' | 'onWrite' | 'always';

  @ApiProperty({ type: 'integer', description: 'How long one call may take, in milliseconds.' })
  timeoutMs!: number;

  @ApiProperty({ type: 'integer', description: 'How large its result may be, in bytes of JSON.' })
  outputBytes!: number;

  static from(tool: Tool): ToolResponse {
    const { name, set, description, inputSchema, outputSchema, effect, approval, timeoutMs, outputBytes } = tool;
    const { permission, credential } = tool;
    return {
      name,
      set: set ?? null,
      description,
      inputSchema,
      outputSchema: outputSchema ?? null,
      credential: credential ?? null,
      permission: permission ?? null,
      effect,
      approval: approval ?? 'never',
      timeoutMs,
      outputBytes,
    };
  }
}

export class ToolListResponse {
  @ApiProperty({ type: [ToolResponse] })
  data!: ToolResponse[];

  static from(tools: readonly Tool[]): ToolListResponse {
    return { data: tools.map((tool) => ToolResponse.from(tool)) };
  }
}
