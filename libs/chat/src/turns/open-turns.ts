import { Injectable } from '@nestjs/common';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import { MessagesRepository } from './messages.repository.js';
import type { TurnToStart } from './turn-ends.js';

/** Turns that are under way, as they were committed. */
@Injectable()
export class OpenTurns {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesRepository,
  ) {}

  /** Null when it is over by now. */
  async find(messageId: string): Promise<TurnToStart | null> {
    const message = await this.messages.find(messageId);
    if (message?.state !== 'active' || message.executionId === null) return null;
    const conversation = await this.conversations.find(message.conversationId);
    return conversation && { conversation, message, executionId: message.executionId };
  }
}
