import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import { Organization, type Plan } from './organization.entity.js';
import { distinctSlugOf, slugOf } from './slug.js';

@Injectable()
export class OrganizationsRepository {
  constructor(private readonly database: OrgDatabase) {}

  /** The organisation that is open. */
  getCurrent(): Promise<Organization> {
    return this.database.transaction((manager) => manager.findOneByOrFail(Organization, { id: OrgContext.require() }));
  }

  /** For flows inside `acrossOrgs` that have just learned the id. */
  getById(id: string): Promise<Organization> {
    return this.database.transaction((manager) => manager.findOneByOrFail(Organization, { id }));
  }

  async renameCurrent(name: string): Promise<void> {
    await this.database.transaction((manager) => manager.update(Organization, { id: OrgContext.require() }, { name }));
  }

  /** Serialises decisions about who owns the organisation: two owners cannot demote each other at once. */
  async lockCurrent(): Promise<void> {
    await this.database.transaction((manager) =>
      manager.query('SELECT 1 FROM organization WHERE id = $1 FOR UPDATE', [OrgContext.require()]),
    );
  }

  /** A taken slug is no failure: the organisation gets a longer one. */
  async add(id: string, name: string, plan: Plan): Promise<Organization> {
    return this.database.transaction(async (manager) => {
      for (const slug of [slugOf(name), distinctSlugOf(name), distinctSlugOf(name)]) {
        const added = await manager.query<unknown[]>(
          'INSERT INTO organization (id, name, slug, plan) VALUES ($1, $2, $3, $4) ON CONFLICT (slug) DO NOTHING RETURNING id',
          [id, name, slug, plan],
        );
        if (added.length > 0) return manager.findOneByOrFail(Organization, { id });
      }
      throw new Error('Three random slugs were taken, which cannot be chance.');
    });
  }
}
