import { Injectable } from '@nestjs/common';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import type { Permission } from '../permission.js';
import { authErrors } from '../auth.errors.js';
import { violatesUnique } from '../unique-violation.js';
import { Role } from './role.entity.js';

interface RoleValues {
  readonly name: string;
  readonly permissions: Permission[];
}

@Injectable()
export class RolesRepository extends OrgScopedRepository<Role> {
  constructor(database: OrgDatabase) {
    super(database, Role);
  }

  findAll(): Promise<Role[]> {
    return this.findMany({ order: { name: 'ASC' } });
  }

  count(): Promise<number> {
    return this.countRows();
  }

  /** Holds the role until commit, so that it cannot be deleted while it is being given to somebody. */
  findForUse(id: string): Promise<Role | null> {
    return this.findFirst({ id }, { lock: { mode: 'pessimistic_read' } });
  }

  /** Waits for everybody who is giving this role away at the moment. */
  findForChange(id: string): Promise<Role | null> {
    return this.findFirst({ id }, { lock: { mode: 'pessimistic_write' } });
  }

  add(values: RoleValues): Promise<Role> {
    return refuseTakenName(this.insertRow(values));
  }

  async change(id: string, values: Partial<RoleValues>): Promise<void> {
    await refuseTakenName(this.updateRows({ id }, values));
  }

  async remove(id: string): Promise<void> {
    await this.deleteRows({ id });
  }
}

async function refuseTakenName<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (violatesUnique(error, 'role_org_id_name_key')) throw authErrors.roleNameTaken();
    throw error;
  }
}
