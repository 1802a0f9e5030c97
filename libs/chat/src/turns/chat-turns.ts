import { AgentDirectory, type ChatSettings } from '#agents';
import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase, refuseOtherRequest } from '#tenancy';
import { conversationBusy, conversationNotFound, targetMissing, tooManyQueued } from '../chat.errors.js';
import type { Conversation } from '../conversations/conversation.entity.js';
import { currentOwner } from '../conversations/conversation-owner.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import { titleOf } from '../conversations/conversation-title.js';
import type { Message } from './message.entity.js';
import { TurnArrival } from './turn-arrival.js';
import type { TurnToStart } from './turn-ends.js';
import { MessagesRepository } from './messages.repository.js';

const MAX_QUEUED = 50;

export interface ChatMessage {
  /** Begins a conversation with this agent, … */
  readonly agentId?: string;
  readonly version?: number;
  /** … or goes on with this one. */
  readonly conversationId?: string;
  readonly message: string;
  readonly context?: Record<string, unknown>;
  readonly overrides?: Record<string, unknown>;
  readonly idempotency?: { readonly key: string; readonly requestHash: string };
}

/** A message that a conversation has taken in. */
export interface TakenMessage {
  readonly conversation: Conversation;
  readonly message: Message;
  /** The message was taken in earlier, under the same key. */
  readonly replayed: boolean;
  /** Present when its turn has begun with this call: its run is to be started. */
  readonly start: TurnToStart | null;
  /** The run of the turn that had to give way, to be cancelled. */
  readonly givenUp: string | null;
}

/**
 * Takes messages into conversations. The message is committed with the id that its run will have, so a run that this
 * process does not come to start is started by another one, once.
 */
@Injectable()
export class ChatTurns {
  constructor(
    private readonly database: OrgDatabase,
    private readonly agents: AgentDirectory,
    private readonly conversations: ConversationsRepository,
    private readonly arrivals: TurnArrival,
    private readonly messages: MessagesRepository,
  ) {}

  /** @throws AppError not found · not published · busy · too many queued · key used for something else */
  async take(said: ChatMessage): Promise<TakenMessage> {
    const key = said.idempotency && this.ownKey(said.idempotency.key);
    const earlier = key === undefined ? null : await this.findEarlier(key, said);
    if (earlier) return earlier;
    if ((said.agentId === undefined) === (said.conversationId === undefined)) throw targetMissing();
    try {
      return await this.database.transaction(() => this.takeIn(said, key));
    } catch (error) {
      // Of two that race with one key, the other may have been taken in meanwhile.
      const first = key === undefined ? null : await this.findEarlier(key, said);
      if (!first) throw error;
      return first;
    }
  }

  /** The run could not be started, and the person has been told why: nothing was said. */
  async withdraw({ conversation, message }: TakenMessage): Promise<void> {
    await this.database.transaction(async () => {
      const there = await this.conversations.lock(conversation.id);
      if (!there) return;
      if (there.turns === 1 && message.turn === 1) await this.conversations.remove(conversation.id);
      else await this.messages.remove(message.id);
    });
  }

  private async takeIn(said: ChatMessage, key: string | undefined): Promise<TakenMessage> {
    const conversation =
      said.conversationId === undefined ? await this.begin(said) : await this.open(said.conversationId);
    const settings = await this.agents.chatSettings(conversation.agentId);
    return this.add(conversation, said, settings, key);
  }

  private async add(
    conversation: Conversation,
    { message: content, context, overrides, idempotency }: ChatMessage,
    settings: ChatSettings,
    idempotencyKey: string | undefined,
  ): Promise<TakenMessage> {
    const { isFree, givenUp } = await this.arrivals.makeRoom(conversation, settings.whenBusy, {
      busy: (active) => conversationBusy(active.executionId),
      full: () => tooManyQueued(MAX_QUEUED),
      maxQueued: MAX_QUEUED,
    });
    const turn = conversation.turns + 1;
    const executionId = isFree ? newId() : null;
    const message = await this.messages.add({
      id: newId(),
      conversationId: conversation.id,
      turn,
      role: 'user',
      content,
      state: isFree ? 'active' : 'queued',
      executionId,
      startedAt: isFree ? new Date() : null,
      context: context ?? null,
      overrides: overrides ?? null,
      idempotencyKey: idempotencyKey ?? null,
      requestHash: idempotency?.requestHash ?? null,
    });
    await this.conversations.turnBegan(conversation.id, turn, settings.keepDays);
    const current = { ...conversation, turns: turn };
    const start = executionId === null ? null : { conversation: current, message, executionId };
    return { conversation: current, message, replayed: false, start, givenUp };
  }

  private async begin({ agentId = '', version, message }: ChatMessage): Promise<Conversation> {
    await this.agents.assertRuns(agentId, version ?? null);
    return this.conversations.add({
      id: newId(),
      agentId,
      version: version ?? null,
      title: titleOf(message),
      ...currentOwner(),
    });
  }

  private async open(id: string): Promise<Conversation> {
    const mine = await this.conversations.findOfOwner(id, currentOwner());
    const locked = mine && (await this.conversations.lock(id));
    if (!locked) throw conversationNotFound();
    await this.agents.assertRuns(locked.agentId, locked.version);
    return locked;
  }

  private async findEarlier(key: string, { idempotency }: ChatMessage): Promise<TakenMessage | null> {
    const message = await this.messages.findByIdempotencyKey(key);
    if (!message) return null;
    refuseOtherRequest(message.requestHash ?? '', idempotency?.requestHash ?? '');
    const conversation = await this.conversations.find(message.conversationId);
    return conversation && { conversation, message, replayed: true, start: null, givenUp: null };
  }

  /** Keys of different people are different keys. */
  private ownKey(key: string): string {
    const { ownerUserId, ownerKeyId } = currentOwner();
    return `${ownerKeyId ?? ownerUserId}:${key}`;
  }
}
