import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { PromptContent } from './content/prompt-content.js';

/** What people work on: a name and a draft. What agents use is a {@link PromptVersion}. */
@Entity()
export class Prompt extends OrgScopedEntity {
  /** Unique in the organisation: nodes of agents call the prompt by it. */
  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  /** Counts changes of name, description and archiving; the prompt's ETag. The draft counts its own. */
  @Column({ type: 'integer', default: 1 })
  revision!: number;

  /** Read only when asked for: lists do not carry it. Not necessarily right. */
  @Column({ type: 'json', select: false })
  draft!: PromptContent;

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

  @Column({ type: 'uuid', nullable: true, update: false })
  createdByUserId!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  archivedAt!: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
