import { Column, Entity, UpdateDateColumn } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import { microUsd } from '../micro-usd.js';

/** What an organisation lets be spent on models; at most one row each. Null is no limit. */
@Entity()
export class SpendingLimit extends OrgScopedEntity {
  /** Whether calls are paid from a balance that somebody has paid in, and stop when it is used up. */
  @Column('boolean')
  prepaid!: boolean;

  @Column('bigint', { nullable: true, transformer: microUsd })
  orgDayMicroUsd!: number | null;

  @Column('bigint', { nullable: true, transformer: microUsd })
  orgMonthMicroUsd!: number | null;

  /** Of each person. */
  @Column('bigint', { nullable: true, transformer: microUsd })
  userDayMicroUsd!: number | null;

  /** Of each run with all that it starts. */
  @Column('bigint', { nullable: true, transformer: microUsd })
  runMicroUsd!: number | null;

  /** Goes up with every change; the ETag. */
  @Column({ type: 'integer', default: 1 })
  revision!: number;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
