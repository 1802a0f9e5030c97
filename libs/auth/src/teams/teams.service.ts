import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { authErrors } from '../auth.errors.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import { TeamMembershipsRepository } from './team-memberships.repository.js';
import type { Team } from './team.entity.js';
import { TeamsRepository } from './teams.repository.js';

/** A team and the people in it. */
export interface TeamWithMembers {
  readonly team: Team;
  readonly memberIds: readonly string[];
}

@Injectable()
export class TeamsService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly teams: TeamsRepository,
    private readonly teamMemberships: TeamMembershipsRepository,
    private readonly memberships: MembershipsRepository,
  ) {}

  async create({ name, description = '' }: { name: string; description?: string }): Promise<TeamWithMembers> {
    return { team: await this.teams.add({ name, description }), memberIds: [] };
  }

  /** @throws AppError not_found, or conflict when the name is taken */
  async update(id: string, { name, description }: { name?: string; description?: string }): Promise<TeamWithMembers> {
    return this.database.transaction(async () => {
      const changed = { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
      if (Object.keys(changed).length > 0) await this.teams.change(id, changed);
      return this.get(id);
    });
  }

  async delete(id: string): Promise<void> {
    if (!(await this.teams.remove(id))) throw authErrors.teamNotFound();
  }

  /** Adding somebody who is in already changes nothing. @throws AppError not_found for team or member */
  async addMember(id: string, userId: string): Promise<TeamWithMembers> {
    return this.database.transaction(async () => {
      await this.get(id);
      const membership = await this.memberships.findByUser(userId);
      if (!membership) throw authErrors.memberNotFound();
      await this.teamMemberships.add(id, membership.id);
      return this.get(id);
    });
  }

  /** @throws AppError not_found when there is no such team or the person is not in it */
  async removeMember(id: string, userId: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.get(id);
      const membership = await this.memberships.findByUser(userId);
      if (!membership || !(await this.teamMemberships.remove(id, membership.id))) throw authErrors.memberNotFound();
    });
  }

  private async get(id: string): Promise<TeamWithMembers> {
    const team = await this.teams.find(id);
    if (!team) throw authErrors.teamNotFound();
    return { team, memberIds: await this.teamMemberships.findUserIds(id) };
  }
}
