import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';

/** What somebody and an agent have said to each other. Its owner alone can see it. */
@Entity()
export class Conversation extends OrgScopedEntity {
  @Column({ type: 'uuid', update: false })
  agentId!: string;

  /** The version that it stays with; the latest at each turn when null. */
  @Column({ type: 'integer', nullable: true, update: false })
  version!: number | null;

  @Column({ type: 'uuid', update: false })
  ownerUserId!: string;

  /** The API key that began it and alone can see it; null for a person's own. */
  @Column({ type: 'uuid', nullable: true, update: false })
  ownerKeyId!: string | null;

  @Column('text')
  title!: string;

  /** Number of the last turn; turns count from 1. */
  @Column({ type: 'integer', default: 0 })
  turns!: number;

  /** What was said up to `summaryTurn`, in short. */
  @Column({ type: 'text', nullable: true })
  summary!: string | null;

  @Column({ type: 'integer', default: 0 })
  summaryTurn!: number;

  /** The run that writes the next summary, and the turn up to which it does. */
  @Column({ type: 'uuid', nullable: true })
  summaryExecutionId!: string | null;

  @Column({ type: 'integer', nullable: true })
  summaryUptoTurn!: number | null;

  /** What the agent's turns keep for later ones; worth nothing once it has expired. */
  @Column({ type: 'jsonb', default: {} })
  session!: Record<string, unknown>;

  @Column({ type: 'timestamptz', nullable: true })
  sessionExpiresAt!: Date | null;

  /** When it is deleted, if nobody says anything more. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  lastMessageAt!: Date;
}
