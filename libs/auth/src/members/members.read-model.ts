import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page, type PageQuery } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import { authErrors } from '../auth.errors.js';
import { type Positioned, positionOf, readPage, windowOf } from '../paging/keyset-list.js';

/** A member as the list shows them. */
export interface MemberRow extends Positioned {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly joinedAt: Date;
}

const SELECT = `SELECT m.id, m.user_id AS "userId", u.email, u.name, m.role, m.created_at AS "joinedAt", ${positionOf('m')}
  FROM org_membership m JOIN "user" u ON u.id = m.user_id WHERE m.org_id = $1`;

@Injectable()
export class MembersReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly codec: CursorCodec,
  ) {}

  list(query: PageQuery): Promise<Page<MemberRow>> {
    return readPage(this.codec, 'members', query, ({ at, id, rows }) =>
      this.read(`${SELECT} ${windowOf('m')}`, [OrgContext.require(), at, id, rows]),
    );
  }

  async get(userId: string): Promise<MemberRow> {
    const [row] = await this.read(`${SELECT} AND m.user_id = $2`, [OrgContext.require(), userId]);
    if (!row) throw authErrors.memberNotFound();
    return row;
  }

  private read(sql: string, parameters: unknown[]): Promise<MemberRow[]> {
    return this.database.transaction((manager) => manager.query<MemberRow[]>(sql, parameters));
  }
}
