import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { TriggerFailure } from '../trigger-failure.js';

/** Starts a run at every slot of a cron rule. */
@Entity()
export class Schedule extends OrgScopedEntity {
  @Column('uuid')
  agentId!: string;

  /** Null: whichever is the latest published one when a slot comes. */
  @Column('integer', { nullable: true })
  version!: number | null;

  @Column('text')
  name!: string;

  @Column('text')
  cron!: string;

  @Column('text')
  timeZone!: string;

  @Column('json')
  input!: Record<string, unknown>;

  @Column('boolean')
  enabled!: boolean;

  /** The slot that comes next, or that is due; null while paused. */
  @Column('timestamptz', { nullable: true })
  nextAt!: Date | null;

  /** The latest slot that was fired or given up. */
  @Column('timestamptz', { nullable: true })
  lastAt!: Date | null;

  @Column('uuid', { nullable: true })
  lastExecutionId!: string | null;

  /** First slot that passed while no process was there to fire it; only the one at `lastAt` was made up for. */
  @Column('timestamptz', { nullable: true })
  missedFrom!: Date | null;

  /** Why the latest slot started nothing. */
  @Column('json', { nullable: true })
  failure!: TriggerFailure | null;

  /** Slots in a row that started nothing. */
  @Column('integer')
  failedCount!: number;

  /** Until then one process is busy with the due slot. */
  @Column('timestamptz', { nullable: true })
  claimedUntil!: Date | null;

  @Column({ type: 'uuid', nullable: true, update: false })
  createdByUserId!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
