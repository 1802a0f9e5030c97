import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page, type PageQuery } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import { type Positioned, positionOf, readPage, windowOf } from '../paging/keyset-list.js';
import type { ApiKey } from './api-key.entity.js';

/** A key as the list shows it; revoked ones are gone, expired ones are still there to be explained. */
export type ApiKeyRow = Positioned & Omit<ApiKey, 'orgId' | 'keyHash' | 'revokedAt'>;

@Injectable()
export class ApiKeysReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly codec: CursorCodec,
  ) {}

  list(query: PageQuery): Promise<Page<ApiKeyRow>> {
    return readPage(this.codec, 'api-keys', query, ({ at, id, rows }) =>
      this.database.transaction(async (manager) => {
        const found: unknown = await manager.query(
          `SELECT k.id, k.name, k.prefix, k.scopes, k.created_by_user_id AS "createdByUserId", k.created_at AS "createdAt",
                  k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt", ${positionOf('k')}
             FROM api_key k WHERE k.org_id = $1 AND k.revoked_at IS NULL ${windowOf('k')}`,
          [OrgContext.require(), at, id, rows],
        );
        return found as ApiKeyRow[];
      }),
    );
  }
}
