import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import { MembershipsRepository } from '../members/memberships.repository.js';
import type { Principal } from '../principal.js';
import { requirePerson } from '../access/require-person.js';
import type { Organization, Plan } from './organization.entity.js';
import { OrganizationsRepository } from './organizations.repository.js';

/** Plan of organisations that people make themselves. */
const FIRST_PLAN: Plan = 'free';

@Injectable()
export class OrganisationsService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly organizations: OrganizationsRepository,
    private readonly memberships: MembershipsRepository,
  ) {}

  get(): Promise<Organization> {
    return this.organizations.getCurrent();
  }

  rename(name: string | undefined): Promise<Organization> {
    return this.database.transaction(async () => {
      if (name !== undefined) await this.organizations.renameCurrent(name);
      return this.organizations.getCurrent();
    });
  }

  /** One more organisation for a person who has some already. @throws AppError forbidden for an API key */
  async create(principal: Principal, name: string): Promise<Organization> {
    requirePerson(principal);
    const orgId = newId();
    return this.database.inNewOrganisation(orgId, () => this.found(orgId, name, principal.userId, FIRST_PLAN));
  }

  /** An organisation with its first owner; inside `acrossOrgs`, or in a transaction of the new organisation. */
  async found(orgId: string, name: string, ownerId: string, plan: Plan = FIRST_PLAN): Promise<Organization> {
    return this.database.transaction(async () => {
      const organization = await this.organizations.add(orgId, name, plan);
      await this.memberships.add(orgId, ownerId, 'owner');
      return organization;
    });
  }
}
