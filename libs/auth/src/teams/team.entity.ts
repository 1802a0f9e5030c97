import { Column, Entity, UpdateDateColumn } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';

/** A group of members inside an organisation. */
@Entity()
export class Team extends OrgScopedEntity {
  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
