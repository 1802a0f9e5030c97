import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page, type PageQuery } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import { type Positioned, positionOf, readPage, windowOf } from '../paging/keyset-list.js';

/** A team as the list shows it. */
export interface TeamRow extends Positioned {
  readonly name: string;
  readonly description: string;
  readonly memberIds: readonly string[];
  readonly createdAt: Date;
}

@Injectable()
export class TeamsReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly codec: CursorCodec,
  ) {}

  list(query: PageQuery): Promise<Page<TeamRow>> {
    return readPage(this.codec, 'teams', query, ({ at, id, rows }) =>
      this.database.transaction(async (manager) => {
        const found: unknown = await manager.query(
          `SELECT t.id, t.name, t.description, t.created_at AS "createdAt", ${positionOf('t')},
                  ARRAY(SELECT m.user_id FROM team_membership x JOIN org_membership m ON m.org_id = x.org_id AND m.id = x.membership_id
                         WHERE x.org_id = t.org_id AND x.team_id = t.id ORDER BY x.created_at, x.id) AS "memberIds"
             FROM team t WHERE t.org_id = $1 ${windowOf('t')}`,
          [OrgContext.require(), at, id, rows],
        );
        return found as TeamRow[];
      }),
    );
  }
}
