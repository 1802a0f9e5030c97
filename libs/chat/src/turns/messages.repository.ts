import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { Message } from './message.entity.js';

/** What of a long message an old turn still contributes. */
const OLD_CHARACTERS = 4_000;
const RECENT_CHARACTERS = 200_000;
const RECENT_TURNS = 60;

/** One turn that is over, as a model is told of it. */
export interface PastTurn {
  readonly turn: number;
  readonly user: string;
  readonly assistant: string;
}

type NewMessage = Pick<Message, 'id' | 'conversationId' | 'turn' | 'role' | 'content' | 'state'> &
  Partial<
    Pick<
      Message,
      'executionId' | 'context' | 'overrides' | 'idempotencyKey' | 'requestHash' | 'startedAt' | 'simulated'
    >
  >;

@Injectable()
export class MessagesRepository extends OrgScopedRepository<Message> {
  constructor(database: OrgDatabase) {
    super(database, Message);
  }

  add(values: NewMessage): Promise<Message> {
    return this.insertRow({
      executionId: null,
      context: null,
      overrides: null,
      error: null,
      idempotencyKey: null,
      requestHash: null,
      startedAt: null,
      simulated: false,
      ...values,
    });
  }

  find(id: string): Promise<Message | null> {
    return this.findFirst({ id });
  }

  findByIdempotencyKey(idempotencyKey: string): Promise<Message | null> {
    return this.findFirst({ idempotencyKey });
  }

  findActive(conversationId: string): Promise<Message | null> {
    return this.findFirst({ conversationId, state: 'active', role: 'user' });
  }

  /** In the order in which they came. */
  findQueued(conversationId: string): Promise<Message[]> {
    return this.findMany({ where: { conversationId, state: 'queued' }, order: { turn: 'ASC' } });
  }

  findAnswer({ conversationId, turn }: Message): Promise<Message | null> {
    return this.findFirst({ conversationId, turn, role: 'assistant' });
  }

  async change(
    id: string,
    patch: Partial<Pick<Message, 'state' | 'executionId' | 'startedAt' | 'simulated'>> & { error?: Message['error'] },
  ): Promise<void> {
    await this.updateRows({ id }, patch);
  }

  async remove(id: string): Promise<void> {
    await this.deleteRows({ id });
  }

  async removeOfTurns(conversationId: string, turns: readonly number[]): Promise<void> {
    await this.deleteRows({ conversationId, turn: In([...turns]) });
  }

  /** Newest first, the answer of a turn before its question; one row more than `limit` when there are more. */
  listPage(conversationId: string, before: number | null, limit: number): Promise<Message[]> {
    return this.select('message', (query) => {
      query.andWhere('message.conversation_id = :conversationId', { conversationId });
      if (before !== null) query.andWhere(`${PLACE} < :before`, { before });
      return query
        .addSelect(PLACE, 'place')
        .orderBy('place', 'DESC')
        .limit(limit + 1)
        .getMany();
    });
  }

  /** Turns that the model may be told of, newest first: those with an answer, be it half of one. */
  async findPast(conversationId: string, limit: number): Promise<PastTurn[]> {
    return this.statement<PastTurn>(
      `SELECT u.turn, left(u.content, l.length) AS user, left(a.content, l.length) AS assistant
         FROM message u
         JOIN message a ON a.conversation_id = u.conversation_id AND a.turn = u.turn AND a.role = 'assistant'
         JOIN conversation c ON c.org_id = u.org_id AND c.id = u.conversation_id
        CROSS JOIN LATERAL (SELECT CASE WHEN u.turn > c.turns - ${RECENT_TURNS} THEN ${RECENT_CHARACTERS} ELSE ${OLD_CHARACTERS} END AS length) l
        WHERE u.org_id = $1 AND u.conversation_id = $2 AND u.role = 'user'
          AND u.state IN ('answered', 'interrupted', 'cancelled')
        ORDER BY u.turn DESC LIMIT $3`,
      [this.filter(), conversationId, limit],
    );
  }
}

/** Where a message stands in its conversation: 2 × turn, one more for the answer. */
const PLACE = `(2 * message.turn + CASE WHEN message.role = 'assistant' THEN 1 ELSE 0 END)`;

export function placeOf({ turn, role }: Message): number {
  return 2 * turn + (role === 'assistant' ? 1 : 0);
}
