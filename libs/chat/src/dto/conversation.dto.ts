import { WaitResponse } from '#executions';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { AsSent, PageQuery, type Page } from '#platform/http';
import type { ConversationRow } from '../conversations/conversations.read-model.js';
import type { Message } from '../turns/message.entity.js';
import { MESSAGE_STATES, type MessageState } from '../turns/message-state.js';

export class ListConversationsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Those with this agent.' })
  @IsOptional()
  @IsUUID()
  agentId?: string;
}

export class UpdateConversationDto {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  title!: string;
}

export class UpdateConversationSessionDto {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The whole state; at most 64 KiB.' })
  @AsSent()
  @IsObject()
  session!: Record<string, unknown>;
}

export class ExportConversationQuery {
  @ApiPropertyOptional({ enum: ['json', 'markdown'], default: 'json' })
  @IsIn(['json', 'markdown'])
  format: 'json' | 'markdown' = 'json';
}

export class ConversationSessionResponse {
  @ApiProperty({ type: 'object', additionalProperties: true })
  session!: Record<string, unknown>;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  expiresAt!: string | null;
}

class MessageErrorResponse {
  @ApiProperty()
  code!: string;

  @ApiProperty()
  message!: string;
}

export class MessageResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'From 1; question and answer have the same.' })
  turn!: number;

  @ApiProperty({ enum: ['user', 'assistant'] })
  role!: 'user' | 'assistant';

  @ApiProperty()
  content!: string;

  @ApiProperty({ enum: MESSAGE_STATES, description: 'Of the turn.' })
  state!: MessageState;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'The run that the turn is.' })
  executionId!: string | null;

  @ApiProperty({ type: MessageErrorResponse, nullable: true, description: 'Why there is no answer.' })
  error!: MessageErrorResponse | null;

  @ApiProperty({ description: 'The built-in model, which is not a neural one, had a part in it.' })
  simulated!: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  static from({ id, turn, role, content, state, executionId, error, simulated, createdAt }: Message): MessageResponse {
    return { id, turn, role, content, state, executionId, error, simulated, createdAt: createdAt.toISOString() };
  }
}

export class MessagePageResponse {
  @ApiProperty({ type: [MessageResponse], description: 'Newest first.' })
  data!: MessageResponse[];

  @ApiProperty({ type: 'string', nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from({ data, nextCursor, hasMore }: Page<Message>): MessagePageResponse {
    return { data: data.map(MessageResponse.from), nextCursor, hasMore };
  }
}

export class ConversationResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  agentId!: string;

  @ApiProperty()
  agentName!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The version that it stays with, if it does.' })
  version!: number | null;

  @ApiProperty()
  title!: string;

  @ApiProperty({ type: 'integer', description: 'How many messages the person has sent.' })
  turns!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'Of what was said long ago.' })
  summary!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'When it is deleted.' })
  expiresAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  lastMessageAt!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  static from(row: ConversationRow): ConversationResponse {
    return {
      id: row.id,
      agentId: row.agentId,
      agentName: row.agentName,
      version: row.version,
      title: row.title,
      turns: row.turns,
      summary: row.summary,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      lastMessageAt: row.lastMessageAt.toISOString(),
      createdAt: row.createdAt.toISOString(),
    };
  }
}

export class ConversationPageResponse {
  @ApiProperty({ type: [ConversationResponse] })
  data!: ConversationResponse[];

  @ApiProperty({ type: 'string', nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from({ data, nextCursor, hasMore }: Page<ConversationRow>): ConversationPageResponse {
    return { data: data.map(ConversationResponse.from), nextCursor, hasMore };
  }
}

export class ChatAnswerResponse {
  @ApiProperty({ format: 'uuid' })
  conversationId!: string;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'The run that the turn is; null while the message waits for its turn.',
  })
  executionId!: string | null;

  @ApiProperty({ type: MessageResponse, description: 'What was sent.' })
  message!: MessageResponse;

  @ApiProperty({ type: MessageResponse, nullable: true, description: 'What was answered, once it is whole.' })
  answer!: MessageResponse | null;

  @ApiProperty({
    type: [WaitResponse],
    description:
      'What the turn asks somebody before it goes on, for example whether a tool may be used. Decide it at `POST /executions/{id}/waits/{waitId}`; the answer is then the conversation’s next message.',
  })
  waits!: WaitResponse[];
}
