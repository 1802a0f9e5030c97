import { microUsd } from '#billing';
import type { Failure, Usage } from '#kernel';
import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { ExecutionStatus } from './execution-status.js';
import type { OnBudget } from './spending/run-spending.js';
import type { LargeFields } from './payloads/payload.js';

/** One run of one version of an agent. The row is the truth; queue and memory only hurry it along. */
@Entity()
export class Execution extends OrgScopedEntity {
  @Column('uuid')
  agentId!: string;

  @Column('uuid')
  versionId!: string;

  @Column('integer')
  version!: number;

  @Column('text')
  status!: ExecutionStatus;

  /** Where it was started to run: in the process that took the request, or on the queue. */
  @Column('text')
  mode!: 'interactive' | 'background';

  /** What started it, for example `api`. */
  @Column('text')
  trigger!: string;

  /** The schedule or webhook that started it; still named here when it is gone. */
  @Column('uuid', { nullable: true })
  triggerId!: string | null;

  @Column('text', { nullable: true })
  triggerName!: string | null;

  /** Raised by every start and take-over; a write that names an older one is refused. */
  @Column('integer')
  attempt!: number;

  /** The process that works on it. */
  @Column('uuid', { nullable: true })
  leaseOwner!: string | null;

  /** By the database's clock; afterwards another process may take over. */
  @Column('timestamptz', { nullable: true })
  leaseExpiresAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  cancelRequestedAt!: Date | null;

  @Column('json', { nullable: true })
  input!: unknown;

  @Column('json', { nullable: true })
  output!: unknown;

  @Column('json', { nullable: true })
  error!: Failure | null;

  /** Refers to what of input, output and error is too large for the row. */
  @Column('jsonb', { nullable: true })
  large!: LargeFields | null;

  @Column('json')
  usage!: Usage;

  @Column('json', { nullable: true })
  metadata!: Record<string, unknown> | null;

  /** The run whose finished steps this one took over. */
  @Column('uuid', { nullable: true })
  retryOf!: string | null;

  /** How many answers its waits have been given; lets an attempt notice one that it has not seen. */
  @Column('integer')
  wakes!: number;

  /** Processes that fell silent while they worked on it. */
  @Column('integer')
  lostCount!: number;

  /** The run whose step started this one, and that step's path. */
  @Column('uuid', { nullable: true })
  parentId!: string | null;

  @Column('text', { nullable: true })
  parentPath!: string | null;

  /** How many runs are above it. */
  @Column('integer')
  depth!: number;

  /** When it last came to wait for a worker. */
  @Column('timestamptz', { nullable: true })
  queuedAt!: Date | null;

  /** Last sequence number of the event log; written when the run ends. */
  @Column('integer')
  lastSeq!: number;

  /** What it, or its whole family, may spend on models. */
  @Column('bigint', { nullable: true, transformer: microUsd })
  budgetMicroUsd!: number | null;

  /** The run at the top of its family, when it is another one. */
  @Column('uuid', { nullable: true })
  budgetExecutionId!: string | null;

  @Column('text')
  onBudget!: OnBudget;

  @Column('uuid', { nullable: true })
  createdByUserId!: string | null;

  @Column('timestamptz', { nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
