import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { PrincipalCache } from '../access/principal-cache.js';
import { authErrors } from '../auth.errors.js';
import { InvitationsRepository } from '../invitations/invitations.repository.js';
import { OrganizationsRepository } from '../organisations/organizations.repository.js';
import type { Principal } from '../principal.js';
import { RoleGrants } from '../roles/role-grants.js';
import { MembershipsRepository } from './memberships.repository.js';
import type { OrgMembership } from './org-membership.entity.js';

@Injectable()
export class MembersService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly memberships: MembershipsRepository,
    private readonly organizations: OrganizationsRepository,
    private readonly invitations: InvitationsRepository,
    private readonly grants: RoleGrants,
    private readonly cache: PrincipalCache,
  ) {}

  /**
   * Open invitations of a member who loses rights end too: they would hand out what the member does not hold any more.
   * @throws AppError forbidden, not_found, or conflict for the last owner
   */
  async changeRole(principal: Principal, userId: string, role: string): Promise<void> {
    await this.database.transaction(async () => {
      const membership = await this.getForChange(principal, userId);
      await this.grants.assertMayGrant(principal, role);
      if (role !== 'owner') await this.keepAnOwner(membership);
      await this.memberships.setRole(userId, role);
      if (await this.losesRights(membership.role, role)) await this.invitations.revokeOpenOf(userId);
      this.database.afterCommit(() => this.cache.forget());
    });
  }

  /** Removing oneself is leaving, and needs no permission. @throws AppError forbidden, not_found, or conflict for the last owner */
  async remove(principal: Principal, userId: string): Promise<void> {
    const leaves = principal.kind === 'user' && principal.userId === userId;
    if (!leaves && !principal.permissions.has('members:write')) throw authErrors.permissionMissing('members:write');
    await this.database.transaction(async () => {
      await this.keepAnOwner(await this.getForChange(principal, userId));
      await this.memberships.remove(userId);
      await this.invitations.revokeOpenOf(userId);
      this.database.afterCommit(() => this.cache.forget());
    });
  }

  private async getForChange(principal: Principal, userId: string): Promise<OrgMembership> {
    await this.organizations.lockCurrent();
    const membership = await this.memberships.findByUser(userId);
    if (!membership) throw authErrors.memberNotFound();
    const oneself = principal.kind === 'user' && principal.userId === userId;
    if (!oneself) await this.grants.assertMayGrant(principal, membership.role);
    return membership;
  }

  private async keepAnOwner({ role }: OrgMembership): Promise<void> {
    if (role === 'owner' && (await this.memberships.countByRole('owner')) === 1) throw authErrors.lastOwner();
  }

  private async losesRights(before: string, after: string): Promise<boolean> {
    if (before === 'owner' && after !== 'owner') return true;
    const kept = new Set(await this.grants.permissionsOf(after));
    return !(await this.grants.permissionsOf(before)).every((permission) => kept.has(permission));
  }
}
