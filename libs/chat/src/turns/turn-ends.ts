import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import type { Conversation } from '../conversations/conversation.entity.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import { keptSession, SESSION_TTL_SECONDS } from '../conversations/session-state.js';
import type { Message } from './message.entity.js';
import type { MessageState } from './message-state.js';
import { MessagesRepository } from './messages.repository.js';
import { type TurnOutcome, TurnOutcomes } from './turn-outcome.js';

/** A turn whose run is to be started. */
export interface TurnToStart {
  readonly conversation: Conversation;
  readonly message: Message;
  readonly executionId: string;
}

/**
 * Ends turns whose run has ended, and lets the next one begin. Everything here happens under the lock on the
 * conversation, so that of several processes one does it, once.
 */
@Injectable()
export class TurnEnds {
  constructor(
    private readonly database: OrgDatabase,
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesRepository,
    private readonly outcomes: TurnOutcomes,
  ) {}

  /** @returns the turn that is to begin now, if one waits; its run is the caller's to start */
  advance(conversationId: string): Promise<TurnToStart | null> {
    return this.database.transaction(async () => {
      const conversation = await this.conversations.lock(conversationId);
      if (!conversation || (await this.settle(conversation))) return null;
      const [next] = await this.messages.findQueued(conversationId);
      if (!next) return null;
      const executionId = newId();
      await this.messages.change(next.id, { state: 'active', executionId, startedAt: new Date() });
      return { conversation, message: { ...next, executionId }, executionId };
    });
  }

  /** Inside the lock. @returns the turn that is still under way */
  async settle(conversation: Conversation): Promise<Message | null> {
    const active = await this.messages.findActive(conversation.id);
    if (!active?.executionId) return null;
    const outcome = await this.outcomes.find(active.executionId);
    if (outcome === null) return active;
    await this.end(active, outcome.state, outcome);
    if (outcome.session !== null) {
      const session = keptSession({ ...conversation.session, ...outcome.session });
      if (session !== null) await this.conversations.keepSession(conversation.id, session, SESSION_TTL_SECONDS);
    }
    return null;
  }

  /** A turn whose run will never be. */
  async fail({ conversation, message }: TurnToStart, error: { code: string; message: string }): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.conversations.lock(conversation.id))) return;
      const active = await this.messages.findActive(conversation.id);
      if (active?.id === message.id) await this.end(active, 'failed', { answer: null, error, simulated: false });
    });
  }

  /** Inside the lock. */
  async end(
    message: Message,
    state: MessageState,
    { answer, error, simulated }: Pick<TurnOutcome, 'answer' | 'error' | 'simulated'>,
  ): Promise<void> {
    await this.messages.change(message.id, { state, error, simulated });
    if (answer === null) return;
    const { conversationId, turn, executionId } = message;
    await this.messages.add({
      id: newId(),
      conversationId,
      turn,
      role: 'assistant',
      content: answer,
      state,
      executionId,
      simulated,
    });
  }
}
