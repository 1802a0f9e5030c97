import { Injectable } from '@nestjs/common';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { OrgMembership } from './org-membership.entity.js';

@Injectable()
export class MembershipsRepository extends OrgScopedRepository<OrgMembership> {
  constructor(database: OrgDatabase) {
    super(database, OrgMembership);
  }

  findByUser(userId: string): Promise<OrgMembership | null> {
    return this.findFirst({ userId });
  }

  /** Every organisation of a person, oldest first; only inside `acrossOrgs`. */
  findAllOf(userId: string): Promise<OrgMembership[]> {
    return this.findMany({ where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  countByRole(role: string): Promise<number> {
    return this.countRows({ role });
  }

  async hasMemberWithEmail(email: string): Promise<boolean> {
    const rows = await this.statement(
      'SELECT 1 FROM org_membership m JOIN "user" u ON u.id = m.user_id WHERE m.org_id = $1 AND u.email = $2',
      [this.filter(), email],
    );
    return rows.length > 0;
  }

  /** @param orgId named, because memberships are also made inside `acrossOrgs`, where no organisation is open */
  add(orgId: string, userId: string, role: string): Promise<OrgMembership> {
    return this.insertRow({ orgId, userId, role });
  }

  async setRole(userId: string, role: string): Promise<void> {
    await this.updateRows({ userId }, { role });
  }

  async remove(userId: string): Promise<void> {
    await this.deleteRows({ userId });
  }
}
