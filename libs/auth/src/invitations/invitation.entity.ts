import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';

/** A place in an organisation, kept for one e-mail address until it is taken, revoked or expired. */
@Entity()
export class Invitation extends OrgScopedEntity {
  /** Lower case. */
  @Column('text')
  email!: string;

  @Column('text')
  role!: string;

  @Column('text')
  tokenHash!: string;

  @Column('uuid')
  invitedByUserId!: string;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  acceptedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
