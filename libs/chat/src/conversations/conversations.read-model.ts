import { Injectable } from '@nestjs/common';
import { type Cursor, CursorCodec, type Page } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { Conversation } from './conversation.entity.js';
import { type ConversationOwner, currentOwner } from './conversation-owner.js';

/** A conversation as its owner sees it in a list. */
export interface ConversationRow extends Pick<
  Conversation,
  'id' | 'agentId' | 'version' | 'title' | 'turns' | 'summary' | 'expiresAt' | 'lastMessageAt' | 'createdAt'
> {
  readonly agentName: string;
}

const COLUMNS = `c.id, c.agent_id AS "agentId", a.name AS "agentName", c.version, c.title, c.turns, c.summary,
  c.expires_at AS "expiresAt", c.last_message_at AS "lastMessageAt", c.created_at AS "createdAt"`;

/** Conversations with the names of their agents, of whoever asks. */
@Injectable()
export class ConversationsReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly cursors: CursorCodec,
  ) {}

  /** Newest first. */
  async list(query: { limit: number; cursor?: string; agentId?: string }): Promise<Page<ConversationRow>> {
    const owner = currentOwner();
    const list = `conversations:${OrgContext.require()}:${owner.ownerKeyId ?? owner.ownerUserId}`;
    const after: Cursor | null = query.cursor === undefined ? null : this.cursors.decode(list, query.cursor);
    const rows = await this.read<ConversationRow & { at: string }>(
      owner,
      `${COLUMNS}, c.created_at::text AS at`,
      `AND ($4::timestamptz IS NULL OR (c.created_at, c.id) < ($4::timestamptz, $5::uuid)) AND ($6::uuid IS NULL OR c.agent_id = $6::uuid)
       ORDER BY c.created_at DESC, c.id DESC LIMIT $7`,
      [after?.at ?? null, after?.id ?? null, query.agentId ?? null, query.limit + 1],
    );
    return this.cursors.page(list, rows, query.limit, ({ at, id }) => ({ at, id }));
  }

  /** Null also for one of somebody else's. */
  async find(id: string): Promise<ConversationRow | null> {
    const [row] = await this.read<ConversationRow>(currentOwner(), COLUMNS, 'AND c.id = $4::uuid', [id]);
    return row ?? null;
  }

  private read<R>(owner: ConversationOwner, columns: string, rest: string, parameters: unknown[]): Promise<R[]> {
    return this.database.transaction((manager) =>
      manager.query<R[]>(
        `SELECT ${columns} FROM conversation c JOIN agent a ON a.org_id = c.org_id AND a.id = c.agent_id
          WHERE c.org_id = $1 AND c.owner_user_id = $2 AND c.owner_key_id IS NOT DISTINCT FROM $3::uuid ${rest}`,
        [OrgContext.require(), owner.ownerUserId, owner.ownerKeyId, ...parameters],
      ),
    );
  }
}
