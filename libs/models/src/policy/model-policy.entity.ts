import { Column, Entity, UpdateDateColumn } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { GuardAction } from '../guards/guard-verdict.js';
import type { UnknownPriceRule } from './model-policy.js';

/** What an organisation has decided about models; at most one row each. */
@Entity()
export class ModelPolicy extends OrgScopedEntity {
  @Column('jsonb')
  fallbackModels!: string[];

  @Column({ type: 'jsonb', nullable: true })
  allowedModels!: string[] | null;

  @Column('text')
  unknownPrice!: UnknownPriceRule;

  @Column('text')
  guardAction!: GuardAction;

  @Column('integer')
  guardThreshold!: number;

  /** Goes up with every change; the ETag. */
  @Column({ type: 'integer', default: 1 })
  revision!: number;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
