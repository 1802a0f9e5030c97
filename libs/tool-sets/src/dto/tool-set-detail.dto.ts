import { ApiProperty } from '@nestjs/swagger';
import type { LeftOutTool } from '../tool-set-adapter.js';
import { TOOL_APPROVALS, type ToolApproval, type ToolContent, type ToolSetTool } from '../tool-set-tool.entity.js';
import type { ToolSet } from '../tool-set.entity.js';
import { ToolSetResponse } from './tool-set-response.dto.js';

const TOOL_STATES = ['reviewed', 'new', 'changed', 'gone'] as const;
type ToolState = (typeof TOOL_STATES)[number];

const Schema = { type: 'object', additionalProperties: true } as const;

/** What people look at when they review a tool. */
export class ToolContentResponse {
  @ApiProperty({ description: 'As the other side tells it: a stranger’s words, cleaned of what nobody sees.' })
  description!: string;

  @ApiProperty({ ...Schema, description: 'JSON Schema of the arguments.' })
  inputSchema!: Readonly<Record<string, unknown>>;

  @ApiProperty({ ...Schema, nullable: true })
  outputSchema!: Readonly<Record<string, unknown>> | null;

  @ApiProperty({ enum: ['read', 'write'] })
  effect!: 'read' | 'write';

  @ApiProperty({ ...Schema, description: 'How it is called: method and path, for example.' })
  definition!: Readonly<Record<string, unknown>>;

  static of({ description, inputSchema, outputSchema, effect, definition }: ToolContent): ToolContentResponse {
    return { description, inputSchema, outputSchema, effect, definition };
  }
}

export class ToolSetToolResponse extends ToolContentResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'tracker__search_issues', description: 'What agents call it.' })
  name!: string;

  @ApiProperty({ example: 'search_issues', description: 'What the other side calls it.' })
  remoteName!: string;

  @ApiProperty({ enum: ['read', 'write'], description: 'As the other side hints; `effect` is what counts here.' })
  offeredEffect!: 'read' | 'write';

  @ApiProperty({
    enum: TOOL_APPROVALS,
    enumName: 'ToolApproval',
    description: 'When a person is asked before a run calls it.',
  })
  approval!: ToolApproval;

  @ApiProperty()
  enabled!: boolean;

  @ApiProperty({
    enum: TOOL_STATES,
    description:
      '`new`: nobody has looked at it; `changed`: not as it was reviewed, so it was switched off; `gone`: not offered any more.',
  })
  state!: ToolState;

  @ApiProperty({ description: 'Of everything that is reviewed, as it is offered now.' })
  contentHash!: string;

  @ApiProperty({ type: ToolContentResponse, nullable: true, description: 'As it was reviewed, where it has changed.' })
  reviewed!: ToolContentResponse | null;

  static from(tool: ToolSetTool): ToolSetToolResponse {
    const { id, name, remoteName, offeredEffect, approval, enabled, contentHash, approvedContent } = tool;
    return {
      ...ToolContentResponse.of(tool),
      id,
      name,
      remoteName,
      offeredEffect,
      approval,
      enabled,
      state: stateOf(tool),
      contentHash,
      reviewed: approvedContent === null ? null : ToolContentResponse.of(approvedContent),
    };
  }
}

class LeftOutToolResponse {
  @ApiProperty()
  remoteName!: string;

  @ApiProperty({ description: 'Why it cannot be a tool here.' })
  reason!: string;
}

export class ToolSetDetailResponse extends ToolSetResponse {
  @ApiProperty({ type: [ToolSetToolResponse] })
  tools!: ToolSetToolResponse[];

  @ApiProperty({ type: [LeftOutToolResponse], description: 'What it offers and cannot be had.' })
  leftOut!: readonly LeftOutTool[];

  static of({ set, tools }: { set: ToolSet; tools: readonly ToolSetTool[] }): ToolSetDetailResponse {
    const enabled = tools.filter((tool) => tool.enabled).length;
    return {
      ...ToolSetResponse.from({ set, total: tools.length, enabled }),
      tools: tools.map((tool) => ToolSetToolResponse.from(tool)),
      leftOut: set.leftOut,
    };
  }
}

function stateOf({ goneAt, approvedHash, contentHash }: ToolSetTool): ToolState {
  if (goneAt !== null) return 'gone';
  if (approvedHash === null) return 'new';
  return approvedHash === contentHash ? 'reviewed' : 'changed';
}
