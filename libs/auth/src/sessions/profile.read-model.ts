import { Injectable } from '@nestjs/common';
import { acrossOrgs, OrgDatabase } from '#tenancy';
import { authErrors } from '../auth.errors.js';
import type { Permission } from '../permission.js';
import type { Principal } from '../principal.js';

export interface OrgOfPerson {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly role: string;
}

/** Everything the frame of the dashboard shows about who is asking. */
export interface Profile {
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly emailVerified: boolean;
  };
  readonly org: OrgOfPerson;
  readonly permissions: readonly Permission[];
  /** Of an API key only its own. */
  readonly orgs: readonly OrgOfPerson[];
}

interface ProfileRow extends OrgOfPerson {
  userId: string;
  email: string;
  userName: string;
  emailVerified: boolean;
}

@Injectable()
export class ProfileReadModel {
  constructor(private readonly database: OrgDatabase) {}

  async get(principal: Principal): Promise<Profile> {
    const rows = await acrossOrgs('people see the names of all organisations that they belong to', () =>
      this.database.transaction(async (manager) => {
        const found: unknown = await manager.query(
          `SELECT o.id, o.name, o.slug, m.role, u.id AS "userId", u.email, u.name AS "userName",
                  u.email_verified_at IS NOT NULL AS "emailVerified"
             FROM org_membership m JOIN organization o ON o.id = m.org_id JOIN "user" u ON u.id = m.user_id
            WHERE m.user_id = $1 ORDER BY m.created_at, m.id`,
          [principal.userId],
        );
        return found as ProfileRow[];
      }),
    );
    const current = rows.find(({ id }) => id === principal.orgId);
    if (!current) throw authErrors.organisationNotFound();
    const { userId: id, email, userName: name, emailVerified } = current;
    const visible = principal.kind === 'user' ? rows : [current];
    return {
      user: { id, email, name, emailVerified },
      org: orgOf(current),
      permissions: [...principal.permissions],
      orgs: visible.map(orgOf),
    };
  }
}

function orgOf({ id, name, slug, role }: ProfileRow): OrgOfPerson {
  return { id, name, slug, role };
}
