import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page, type PageQuery } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import { type Positioned, positionOf, readPage, windowOf } from '../paging/keyset-list.js';

/** An open invitation as the list shows it. */
export interface InvitationRow extends Positioned {
  readonly email: string;
  readonly role: string;
  /** Name of who made it. */
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

@Injectable()
export class InvitationsReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly codec: CursorCodec,
  ) {}

  listOpen(query: PageQuery): Promise<Page<InvitationRow>> {
    return readPage(this.codec, 'invitations', query, ({ at, id, rows }) =>
      this.database.transaction(async (manager) => {
        const found: unknown = await manager.query(
          `SELECT i.id, i.email, i.role, u.name AS "invitedBy", i.created_at AS "createdAt", i.expires_at AS "expiresAt", ${positionOf('i')}
             FROM invitation i JOIN "user" u ON u.id = i.invited_by_user_id
            WHERE i.org_id = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now() ${windowOf('i')}`,
          [OrgContext.require(), at, id, rows],
        );
        return found as InvitationRow[];
      }),
    );
  }
}
