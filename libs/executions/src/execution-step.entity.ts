import type { Failure, Usage } from '#kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LargeFields } from './payloads/payload.js';

/**
 * A finished step: what a resumed run reads instead of running the step again. At most one per path, which is its key. Only the
 * journal writes it; the application's role may read.
 */
@Entity()
export class ExecutionStep {
  @PrimaryColumn('uuid')
  executionId!: string;

  @PrimaryColumn('text')
  path!: string;

  @Column('uuid')
  orgId!: string;

  @Column('text')
  nodeId!: string;

  @Column('text')
  kind!: string;

  @Column('text')
  status!: 'succeeded' | 'failed';

  @Column('text')
  port!: string;

  @Column('integer')
  tries!: number;

  @Column('json', { nullable: true })
  input!: unknown;

  @Column('json', { nullable: true })
  output!: unknown;

  @Column('json', { nullable: true })
  error!: Failure | null;

  /** Refers to what of input, output and error is too large for the row. */
  @Column('jsonb', { nullable: true })
  large!: LargeFields | null;

  @Column('json', { nullable: true })
  usage!: Usage | null;

  @Column('timestamptz')
  startedAt!: Date;

  @Column('timestamptz')
  finishedAt!: Date;
}
