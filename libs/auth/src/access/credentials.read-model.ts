import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { Permission } from '../permission.js';
import { permissionsOfRole } from '../roles/role-name.js';

/** A live session seen from one organisation. */
export interface SessionAccess {
  readonly userId: string;
  /** Null when the person is not a member there. */
  readonly permissions: readonly Permission[] | null;
}

/** A live API key whose maker is still a member. */
export interface KeyAccess {
  readonly keyId: string;
  readonly orgId: string;
  readonly makerId: string;
  readonly expiresAt: Date | null;
  /** Its scopes, as far as its maker still holds them. */
  readonly permissions: readonly Permission[];
}

interface RoleColumns {
  role: string | null;
  customPermissions: string[] | null;
}

interface KeyRow extends RoleColumns, Omit<KeyAccess, 'permissions'> {
  role: string;
  scopes: string[];
}

const ROLE = `LEFT JOIN role r ON r.org_id = m.org_id AND m.role = 'custom:' || r.id::text`;

/** The two questions behind every request, each answered by one statement. */
@Injectable()
export class CredentialsReadModel {
  constructor(private readonly database: OrgDatabase) {}

  findSession(sessionId: string, orgId: string): Promise<SessionAccess | null> {
    return OrgContext.run(orgId, () =>
      this.database.transaction(async (manager) => {
        const [row] = await manager.query<({ userId: string } & RoleColumns)[]>(
          `SELECT s.user_id AS "userId", m.role, r.permissions AS "customPermissions"
             FROM auth_session s LEFT JOIN org_membership m ON m.org_id = $2 AND m.user_id = s.user_id ${ROLE}
            WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now()`,
          [sessionId, orgId],
        );
        if (!row) return null;
        return {
          userId: row.userId,
          permissions: row.role === null ? null : permissionsOfRole(row.role, row.customPermissions),
        };
      }),
    );
  }

  findKeyByHash(keyHash: string): Promise<KeyAccess | null> {
    return this.findKey('k.key_hash = $1', keyHash);
  }

  findKeyById(keyId: string): Promise<KeyAccess | null> {
    return this.findKey('k.id = $1', keyId);
  }

  private async findKey(condition: string, value: string): Promise<KeyAccess | null> {
    const [row] = await this.database.acrossOrgsStatement<KeyRow>(
      'an API key says to which organisation it belongs',
      `SELECT k.id AS "keyId", k.org_id AS "orgId", k.created_by_user_id AS "makerId", k.expires_at AS "expiresAt",
              k.scopes, m.role, r.permissions AS "customPermissions"
         FROM api_key k JOIN org_membership m ON m.org_id = k.org_id AND m.user_id = k.created_by_user_id ${ROLE}
        WHERE ${condition} AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`,
      [value],
    );
    if (!row) return null;
    const { keyId, orgId, makerId, expiresAt, role, customPermissions, scopes } = row;
    const permissions = permissionsOfRole(role, customPermissions).filter((permission) => scopes.includes(permission));
    return { keyId, orgId, makerId, expiresAt, permissions };
  }
}
