import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';

/** Where the conversation of some organisation has something to be done in it. */
export interface LeftOver {
  readonly orgId: string;
  readonly conversationId: string;
}

const REASON = 'conversations of every organisation that nobody goes on with';

const FINAL = `('succeeded', 'failed', 'cancelled', 'timed_out')`;

/** Finds what got lost between a conversation and its runs, over every organisation. */
@Injectable()
export class LeftOverRepository {
  constructor(private readonly database: OrgDatabase) {}

  /** Turns whose run has ended, and messages whose turn could begin. */
  findToGoOn(limit: number): Promise<LeftOver[]> {
    return this.database.acrossOrgsStatement(
      REASON,
      `SELECT DISTINCT m.org_id AS "orgId", m.conversation_id AS "conversationId"
         FROM message m LEFT JOIN execution e ON e.id = m.execution_id
        WHERE m.state = 'active' AND e.status IN ${FINAL}
           OR m.state = 'queued' AND NOT EXISTS (SELECT 1 FROM message a WHERE a.conversation_id = m.conversation_id AND a.state = 'active')
        LIMIT $1`,
      [limit],
    );
  }

  /** Turns whose process died between their commit and that of their run. */
  findUnstarted(limit: number, olderThanMs: number): Promise<(LeftOver & { messageId: string })[]> {
    return this.database.acrossOrgsStatement(
      REASON,
      `SELECT m.org_id AS "orgId", m.conversation_id AS "conversationId", m.id AS "messageId"
         FROM message m
        WHERE m.state = 'active' AND m.started_at < now() - make_interval(secs => $2 / 1000.0)
          AND NOT EXISTS (SELECT 1 FROM execution e WHERE e.id = m.execution_id)
        ORDER BY m.started_at LIMIT $1`,
      [limit, olderThanMs],
    );
  }

  /** Runs that go on although their turn had to give way. */
  findGivenUp(limit: number): Promise<{ orgId: string; executionId: string }[]> {
    return this.database.acrossOrgsStatement(
      REASON,
      `SELECT e.org_id AS "orgId", e.id AS "executionId"
         FROM execution e JOIN message m ON m.execution_id = e.id AND m.role = 'user' AND m.state IN ('interrupted', 'rolled_back')
        WHERE e.status IN ('queued', 'running', 'waiting') AND e.cancel_requested_at IS NULL LIMIT $1`,
      [limit],
    );
  }

  /** Whose next summary is there, or will never be. */
  findSummarised(limit: number): Promise<LeftOver[]> {
    return this.database.acrossOrgsStatement(
      REASON,
      `SELECT c.org_id AS "orgId", c.id AS "conversationId"
         FROM conversation c LEFT JOIN execution e ON e.id = c.summary_execution_id
        WHERE c.summary_execution_id IS NOT NULL
          AND (e.status IN ${FINAL} OR e.id IS NULL AND c.last_message_at < now() - interval '1 minute')
        LIMIT $1`,
      [limit],
    );
  }

  /** Those that nobody has said anything in for as long as their agent keeps them. @returns how many */
  async deleteExpired(limit: number): Promise<number> {
    const deleted = await this.database.acrossOrgsStatement(
      'conversations of every organisation that have expired',
      `DELETE FROM conversation WHERE id IN (
         SELECT c.id FROM conversation c
          WHERE c.expires_at < now()
            AND NOT EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.state IN ('active', 'queued'))
          LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [limit],
    );
    return deleted.length;
  }
}
