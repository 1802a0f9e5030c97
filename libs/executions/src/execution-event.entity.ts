import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Consecutive events of one run that were committed together. The journal writes them; nothing changes them. Not an
 * `OrgScopedEntity`, because its key is the run and the first sequence number.
 */
@Entity()
export class ExecutionEvent {
  @PrimaryColumn('uuid')
  executionId!: string;

  @PrimaryColumn('integer')
  firstSeq!: number;

  @Column('integer')
  lastSeq!: number;

  @Column('uuid')
  orgId!: string;

  /** Event envelopes without `executionId`, in order. */
  @Column('json')
  events!: unknown[];
}
