import { Column, Entity, UpdateDateColumn } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { Permission } from '../permission.js';

/** A custom role: a named set of permissions. */
@Entity()
export class Role extends OrgScopedEntity {
  @Column('text')
  name!: string;

  @Column('text', { array: true })
  permissions!: Permission[];

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
