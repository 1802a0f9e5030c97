import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';

/** What the organisation's callbacks are signed with. */
@Entity()
export class SigningSecret extends OrgScopedEntity {
  /** `whsec_…`, encrypted and bound to this row. */
  @Column('text')
  sealedSecret!: string;

  /** Null for the current one; an earlier one signs along until then. */
  @Column('timestamptz', { nullable: true })
  retiresAt!: Date | null;
}
