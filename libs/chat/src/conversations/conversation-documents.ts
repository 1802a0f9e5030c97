import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { isId } from '#platform/ids';
import { conversationNotFound } from '../chat.errors.js';
import {
  ConversationPageResponse,
  ConversationResponse,
  type ListConversationsQuery,
  MessageResponse,
} from '../dto/conversation.dto.js';
import { toMarkdown } from './conversation-export.js';
import { type ConversationRow, ConversationsReadModel } from './conversations.read-model.js';
import { ConversationsService } from './conversations.service.js';

/** Conversations ready to be sent. */
@Injectable()
export class ConversationDocuments {
  constructor(
    private readonly rows: ConversationsReadModel,
    private readonly conversations: ConversationsService,
  ) {}

  async list(query: ListConversationsQuery): Promise<ConversationPageResponse> {
    return ConversationPageResponse.from(await this.rows.list(query));
  }

  /** @throws AppError not found */
  async get(id: string): Promise<ConversationResponse> {
    return ConversationResponse.from(await this.row(id));
  }

  /** As a file that a browser saves. @throws AppError not found */
  async send(id: string, format: 'json' | 'markdown', response: Response): Promise<void> {
    const [row, messages] = [await this.row(id), await this.conversations.allMessages(id)];
    const extension = format === 'json' ? 'json' : 'md';
    response.setHeader('Content-Disposition', `attachment; filename="conversation-${id}.${extension}"`);
    if (format === 'markdown') response.type('text/markdown').send(toMarkdown(row, messages));
    else response.json({ conversation: ConversationResponse.from(row), messages: messages.map(MessageResponse.from) });
  }

  private async row(id: string): Promise<ConversationRow> {
    const row = isId(id) ? await this.rows.find(id) : null;
    if (!row) throw conversationNotFound();
    return row;
  }
}
