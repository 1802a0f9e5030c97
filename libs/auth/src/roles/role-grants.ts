import { Injectable } from '@nestjs/common';
import { authErrors } from '../auth.errors.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import type { Permission } from '../permission.js';
import type { Principal } from '../principal.js';
import { customRoleId, isBuiltInRole, permissionsOfRole } from './role-name.js';
import { RolesRepository } from './roles.repository.js';

/** Decides which roles somebody may give and take: nobody hands on more than they hold, and only owners make owners. */
@Injectable()
export class RoleGrants {
  constructor(
    private readonly roles: RolesRepository,
    private readonly memberships: MembershipsRepository,
  ) {}

  /**
   * What `role` allows; a custom role is held until the transaction ends, so that nobody deletes it meanwhile.
   * @throws AppError invalid when there is no such role
   */
  async permissionsOf(role: string): Promise<readonly Permission[]> {
    if (isBuiltInRole(role)) return permissionsOfRole(role, null);
    const id = customRoleId(role);
    const custom = id === null ? null : await this.roles.findForUse(id);
    if (custom === null) throw authErrors.roleUnknown();
    return permissionsOfRole(role, custom.permissions);
  }

  /** @throws AppError forbidden when the principal may not give this role to somebody, or take it away */
  async assertMayGrant(principal: Principal, role: string): Promise<void> {
    const permissions = await this.permissionsOf(role);
    if (role === 'owner') await this.assertOwner(principal);
    if (!permissions.every((permission) => principal.permissions.has(permission))) throw authErrors.widerThanYours();
  }

  private async assertOwner(principal: Principal): Promise<void> {
    const membership = await this.memberships.findByUser(principal.userId);
    if (principal.kind !== 'user' || membership?.role !== 'owner') throw authErrors.ownersOnly();
  }
}

/** @throws AppError forbidden naming what the principal does not hold itself */
export function assertHolds(principal: Principal, permissions: readonly Permission[], pointer: string): void {
  const missing = permissions.filter((permission) => !principal.permissions.has(permission));
  if (missing.length > 0) throw authErrors.permissionsWiderThanYours(pointer, missing);
}
