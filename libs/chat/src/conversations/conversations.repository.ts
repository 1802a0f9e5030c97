import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import { IsNull } from 'typeorm';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { Conversation } from './conversation.entity.js';
import type { ConversationOwner } from './conversation-owner.js';

type NewConversation = Pick<Conversation, 'id' | 'agentId' | 'version' | 'title'> & ConversationOwner;

@Injectable()
export class ConversationsRepository extends OrgScopedRepository<Conversation> {
  constructor(database: OrgDatabase) {
    super(database, Conversation);
  }

  add(values: NewConversation): Promise<Conversation> {
    return this.insertRow({
      ...values,
      turns: 0,
      summary: null,
      summaryTurn: 0,
      summaryExecutionId: null,
      summaryUptoTurn: null,
      session: {},
      sessionExpiresAt: null,
      expiresAt: null,
    });
  }

  find(id: string): Promise<Conversation | null> {
    return isId(id) ? this.findFirst({ id }) : Promise.resolve(null);
  }

  /** Null also for one of somebody else's. */
  findOfOwner(id: string, { ownerUserId, ownerKeyId }: ConversationOwner): Promise<Conversation | null> {
    return isId(id) ? this.findFirst({ id, ownerUserId, ownerKeyId: ownerKeyId ?? IsNull() }) : Promise.resolve(null);
  }

  /** Whoever wants to say something in the same conversation waits until the open transaction has ended. */
  async lock(id: string): Promise<Conversation | null> {
    if (!isId(id)) return null;
    return this.select('conversation', (query) =>
      query.andWhere('conversation.id = :id', { id }).setLock('pessimistic_write').getOne(),
    );
  }

  async change(id: string, patch: Partial<Omit<Conversation, 'id' | 'orgId' | 'session'>>): Promise<void> {
    await this.updateRows({ id }, patch);
  }

  async keepSession(id: string, session: Record<string, unknown>, ttlSeconds: number): Promise<void> {
    await this.statement(
      `UPDATE conversation SET session = $3::jsonb, session_expires_at = now() + make_interval(secs => $4)
        WHERE org_id = $1 AND id = $2`,
      [this.filter(), id, JSON.stringify(session), ttlSeconds],
    );
  }

  /** Notes that a turn began. @param keepDays null: it is kept for ever */
  async turnBegan(id: string, turns: number, keepDays: number | null): Promise<void> {
    await this.statement(
      `UPDATE conversation SET turns = $3, last_message_at = now(), expires_at = now() + make_interval(days => $4::int)
        WHERE org_id = $1 AND id = $2`,
      [this.filter(), id, turns, keepDays],
    );
  }

  /** @returns false when a summary is being written already */
  async claimSummary(id: string, summaryExecutionId: string, summaryUptoTurn: number): Promise<boolean> {
    const change = { summaryExecutionId, summaryUptoTurn };
    return (await this.updateRows({ id, summaryExecutionId: IsNull() }, change)) > 0;
  }

  async keepSummary(id: string, executionId: string, summary: string, summaryTurn: number): Promise<void> {
    await this.updateRows(
      { id, summaryExecutionId: executionId },
      { summary, summaryTurn, summaryExecutionId: null, summaryUptoTurn: null },
    );
  }

  async releaseSummary(id: string, executionId: string): Promise<void> {
    await this.updateRows({ id, summaryExecutionId: executionId }, { summaryExecutionId: null, summaryUptoTurn: null });
  }

  /** @returns whether there was such a conversation */
  async remove(id: string): Promise<boolean> {
    return (await this.deleteRows({ id })) > 0;
  }
}
