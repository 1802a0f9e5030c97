import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { PromptContent } from '../content/prompt-content.js';

/** A prompt as it was published: checked, numbered from 1, and the same for ever. */
@Entity()
export class PromptVersion extends OrgScopedEntity {
  @Column({ type: 'uuid', update: false })
  promptId!: string;

  @Column({ type: 'integer', update: false })
  number!: number;

  /** What has changed, in the words of who published it; may be empty. */
  @Column({ type: 'text', update: false })
  note!: string;

  @Column({ type: 'json', update: false })
  content!: PromptContent;

  @Column({ type: 'text', update: false })
  contentHash!: string;

  @Column({ type: 'uuid', nullable: true, update: false })
  createdByUserId!: string | null;
}
