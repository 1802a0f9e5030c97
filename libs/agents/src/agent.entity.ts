import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { ChatSettings } from './chat-settings.js';
import type { GraphDocument } from './graph-document.js';

/** What people work on: a name and a draft. What runs is an {@link AgentVersion}. */
@Entity()
export class Agent extends OrgScopedEntity {
  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  /** What clients write as `model` in order to talk to it; unique in the organisation. */
  @Column('text')
  slug!: string;

  /** How it holds conversations, as far as somebody has said. */
  @Column({ type: 'jsonb', default: {} })
  chat!: Partial<ChatSettings>;

  /** Names one that we bring along ourselves, which nobody edits or sees in lists. */
  @Column({ type: 'text', nullable: true, update: false })
  builtIn!: string | null;

  /** Counts changes of name, description and archiving; the agent's ETag. The draft counts its own. */
  @Column({ type: 'integer', default: 1 })
  revision!: number;

  /** Read only when asked for: lists do not carry it. Small and drawable, but not necessarily right. */
  @Column({ type: 'json', select: false })
  draft!: GraphDocument;

  /** Counts saved drafts; the draft's ETag. */
  @Column({ type: 'integer', default: 1 })
  draftRevision!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  draftUpdatedAt!: Date;

  /** Compared with `publishedHash` to tell whether there is something to publish. */
  @Column('text')
  draftHash!: string;

  /** Number of the latest version; null before the first. */
  @Column({ type: 'integer', nullable: true })
  publishedVersion!: number | null;

  @Column({ type: 'text', nullable: true })
  publishedHash!: string | null;

  /** Runs of this agent under way at a time; more of them wait. Null: only the organisation's limit holds. */
  @Column({ type: 'integer', nullable: true })
  maxConcurrentRuns!: number | null;

  @Column({ type: 'uuid', nullable: true, update: false })
  createdByUserId!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  archivedAt!: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
