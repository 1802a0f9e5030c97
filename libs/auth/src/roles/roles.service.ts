import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { PrincipalCache } from '../access/principal-cache.js';
import { authErrors } from '../auth.errors.js';
import { InvitationsRepository } from '../invitations/invitations.repository.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import type { Permission } from '../permission.js';
import type { Principal } from '../principal.js';
import { assertHolds } from './role-grants.js';
import { customRoleName } from './role-name.js';
import type { Role } from './role.entity.js';
import { RolesRepository } from './roles.repository.js';

const MOST_ROLES = 100;

export interface RoleInput {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

@Injectable()
export class RolesService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly roles: RolesRepository,
    private readonly memberships: MembershipsRepository,
    private readonly invitations: InvitationsRepository,
    private readonly cache: PrincipalCache,
  ) {}

  listCustom(): Promise<Role[]> {
    return this.roles.findAll();
  }

  /** @throws AppError forbidden when the maker does not hold all of the permissions */
  async create(principal: Principal, { name, permissions }: RoleInput): Promise<Role> {
    assertHolds(principal, permissions, '/permissions');
    return this.database.transaction(async () => {
      if ((await this.roles.count()) >= MOST_ROLES) throw authErrors.tooManyRoles(MOST_ROLES);
      return this.roles.add({ name, permissions: distinct(permissions) });
    });
  }

  async update(principal: Principal, id: string, { name, permissions }: Partial<RoleInput>): Promise<Role> {
    return this.database.transaction(async () => {
      const role = await this.getForChange(id);
      // Also what the role allows now: otherwise somebody could take rights from people above them.
      assertHolds(principal, [...role.permissions, ...(permissions ?? [])], '/permissions');
      const changed = {
        ...(name !== undefined && { name }),
        ...(permissions !== undefined && { permissions: distinct(permissions) }),
      };
      if (Object.keys(changed).length > 0) await this.roles.change(id, changed);
      this.database.afterCommit(() => this.cache.forget());
      return Object.assign(role, changed);
    });
  }

  /** @throws AppError conflict while a member or an open invitation has it */
  async delete(principal: Principal, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const role = await this.getForChange(id);
      assertHolds(principal, role.permissions, '/permissions');
      const name = customRoleName(id);
      const uses = (await this.memberships.countByRole(name)) + (await this.invitations.countOpenByRole(name));
      if (uses > 0) throw authErrors.roleInUse();
      await this.roles.remove(id);
    });
  }

  private async getForChange(id: string): Promise<Role> {
    const role = await this.roles.findForChange(id);
    if (!role) throw authErrors.roleNotFound();
    return role;
  }
}

function distinct(permissions: readonly Permission[]): Permission[] {
  return [...new Set(permissions)];
}
