import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { TeamMembership } from './team-membership.entity.js';

@Injectable()
export class TeamMembershipsRepository extends OrgScopedRepository<TeamMembership> {
  constructor(database: OrgDatabase) {
    super(database, TeamMembership);
  }

  /** Adding somebody who is in already changes nothing. */
  async add(teamId: string, membershipId: string): Promise<void> {
    await this.statement(
      'INSERT INTO team_membership (id, org_id, team_id, membership_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [newId(), this.filter(), teamId, membershipId],
    );
  }

  /** @returns whether the member was in the team */
  async remove(teamId: string, membershipId: string): Promise<boolean> {
    return (await this.deleteRows({ teamId, membershipId })) > 0;
  }

  /** Ids of the people in a team, in the order in which they came. */
  async findUserIds(teamId: string): Promise<string[]> {
    const rows = await this.statement<{ userId: string }>(
      `SELECT m.user_id AS "userId" FROM team_membership t
         JOIN org_membership m ON m.org_id = t.org_id AND m.id = t.membership_id
        WHERE t.org_id = $1 AND t.team_id = $2 ORDER BY t.created_at, t.id`,
      [this.filter(), teamId],
    );
    return rows.map(({ userId }) => userId);
  }
}
