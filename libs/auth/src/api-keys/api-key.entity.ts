import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { Permission } from '../permission.js';

/** A key for programs. It acts as its maker, as far as its scopes go and its maker's role still reaches. */
@Entity()
export class ApiKey extends OrgScopedEntity {
  @Column('text')
  name!: string;

  /** The first characters of the key, by which a person recognises it. */
  @Column('text')
  prefix!: string;

  @Column('text')
  keyHash!: string;

  @Column('text', { array: true })
  scopes!: Permission[];

  @Column('uuid')
  createdByUserId!: string;

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
