import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page } from '#platform/http';
import { isId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import { conversationNotFound, sessionTooLarge } from '../chat.errors.js';
import { GivenUpRuns } from '../turns/given-up-runs.js';
import type { Message } from '../turns/message.entity.js';
import { MessagesRepository, placeOf } from '../turns/messages.repository.js';
import { currentOwner } from './conversation-owner.js';
import type { Conversation } from './conversation.entity.js';
import { ConversationsRepository } from './conversations.repository.js';
import { keptSession, MAX_SESSION_BYTES, SESSION_TTL_SECONDS, sessionOf } from './session-state.js';

/** Of one export. */
const MAX_EXPORTED_MESSAGES = 10_000;
const EXPORT_PAGE = 500;

/** What people do with conversations they have had. Everything here is their owner's alone. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesRepository,
    private readonly givenUp: GivenUpRuns,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws AppError not found, also for somebody else's */
  async get(id: string): Promise<Conversation> {
    const conversation = await this.conversations.findOfOwner(id, currentOwner());
    if (!conversation) throw conversationNotFound();
    return conversation;
  }

  /** Newest first. */
  async listMessages(id: string, { limit, cursor }: { limit: number; cursor?: string }): Promise<Page<Message>> {
    await this.get(id);
    const list = `messages:${id}`;
    const before = cursor === undefined ? null : Number(this.cursors.decode(list, cursor).at);
    const rows = await this.messages.listPage(id, before, limit);
    return this.cursors.page(list, rows, limit, (message) => ({ at: String(placeOf(message)), id: message.id }));
  }

  /** Oldest first. */
  async allMessages(id: string): Promise<Message[]> {
    await this.get(id);
    const all: Message[] = [];
    for (let before: number | null = null; all.length < MAX_EXPORTED_MESSAGES;) {
      const page: Message[] = (await this.messages.listPage(id, before, EXPORT_PAGE)).slice(0, EXPORT_PAGE);
      all.push(...page);
      const last = page.at(-1);
      if (!last || page.length < EXPORT_PAGE) break;
      before = placeOf(last);
    }
    return all.reverse();
  }

  async rename(id: string, title: string): Promise<void> {
    await this.get(id);
    await this.conversations.change(id, { title });
  }

  /** A turn that is under way is cancelled. */
  async delete(id: string): Promise<void> {
    if (!isId(id)) throw conversationNotFound();
    const executionId = await this.database.transaction(async () => {
      await this.get(id);
      await this.conversations.lock(id);
      const active = await this.messages.findActive(id);
      await this.conversations.remove(id);
      return active?.executionId ?? null;
    });
    if (executionId !== null) await this.givenUp.cancel(executionId);
  }

  async session(id: string): Promise<{ session: Record<string, unknown>; expiresAt: Date | null }> {
    const conversation = await this.get(id);
    const session = sessionOf(conversation);
    const isAlive = (conversation.sessionExpiresAt?.getTime() ?? 0) > Date.now();
    return { session, expiresAt: isAlive ? conversation.sessionExpiresAt : null };
  }

  /** @throws AppError too large */
  async keepSession(id: string, session: Record<string, unknown>): Promise<void> {
    await this.get(id);
    if (keptSession(session) === null) throw sessionTooLarge(MAX_SESSION_BYTES);
    await this.conversations.keepSession(id, session, SESSION_TTL_SECONDS);
  }
}
