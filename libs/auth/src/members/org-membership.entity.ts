import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';

/** A person in an organisation, with one role there. */
@Entity()
export class OrgMembership extends OrgScopedEntity {
  @Column('uuid')
  userId!: string;

  /** A built-in role's name, or `custom:<id of a Role>`. */
  @Column('text')
  role!: string;
}
