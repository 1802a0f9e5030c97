import { Injectable } from '@nestjs/common';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { authErrors } from '../auth.errors.js';
import { violatesUnique } from '../unique-violation.js';
import { Team } from './team.entity.js';

interface TeamValues {
  readonly name: string;
  readonly description: string;
}

@Injectable()
export class TeamsRepository extends OrgScopedRepository<Team> {
  constructor(database: OrgDatabase) {
    super(database, Team);
  }

  find(id: string): Promise<Team | null> {
    return this.findFirst({ id });
  }

  add(values: TeamValues): Promise<Team> {
    return refuseTakenName(this.insertRow(values));
  }

  /** @returns whether there was such a team */
  async change(id: string, values: Partial<TeamValues>): Promise<boolean> {
    return (await refuseTakenName(this.updateRows({ id }, values))) > 0;
  }

  /** @returns whether there was such a team */
  async remove(id: string): Promise<boolean> {
    return (await this.deleteRows({ id })) > 0;
  }
}

async function refuseTakenName<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (violatesUnique(error, 'team_org_id_name_key')) throw authErrors.teamNameTaken();
    throw error;
  }
}
