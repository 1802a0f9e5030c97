import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';

/** A member in a team. Goes with the membership: whoever leaves the organisation leaves its teams. */
@Entity()
export class TeamMembership extends OrgScopedEntity {
  @Column('uuid')
  teamId!: string;

  @Column('uuid')
  membershipId!: string;
}
