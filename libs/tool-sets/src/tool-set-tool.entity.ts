import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { OfferedTool } from './tool-set-adapter.js';

/** When a person is asked before a call; agents may be stricter, never laxer. */
export const TOOL_APPROVALS = ['never', 'onWrite', 'always'] as const;
export type ToolApproval = (typeof TOOL_APPROVALS)[number];

/** What people look at when they review a tool, and what its hash is made of. */
export type ToolContent = Pick<OfferedTool, 'description' | 'inputSchema' | 'outputSchema' | 'effect' | 'definition'>;

/** One tool of a set. It exists for agents while it is switched on and as it was when a person reviewed it. */
@Entity()
export class ToolSetTool extends OrgScopedEntity {
  @Column({ type: 'uuid', update: false })
  toolSetId!: string;

  @Column({ type: 'text', update: false })
  remoteName!: string;

  /** In the registry: the slug of the set, two underscores, the remote name as far as it can be a name. */
  @Column({ type: 'text', update: false })
  name!: string;

  @Column('text')
  description!: string;

  @Column('jsonb')
  inputSchema!: Readonly<Record<string, unknown>>;

  @Column({ type: 'jsonb', nullable: true })
  outputSchema!: Readonly<Record<string, unknown>> | null;

  /** As it counts here; begins as the other side hints. */
  @Column('text')
  effect!: 'read' | 'write';

  /** As the other side hints. */
  @Column('text')
  offeredEffect!: 'read' | 'write';

  @Column('boolean')
  repeatable!: boolean;

  @Column('text')
  approval!: ToolApproval;

  @Column('boolean')
  enabled!: boolean;

  /** The adapter's own: method, path and places of arguments, for example. */
  @Column('jsonb')
  definition!: Readonly<Record<string, unknown>>;

  /** Of what the other side says now. */
  @Column('text')
  contentHash!: string;

  /** Of what a person has looked at last; null when nobody has. */
  @Column({ type: 'text', nullable: true })
  approvedHash!: string | null;

  /** What that was, kept while it differs from what is offered now. */
  @Column({ type: 'jsonb', nullable: true })
  approvedContent!: ToolContent | null;

  /** Since when the other side does not offer it any more. */
  @Column({ type: 'timestamptz', nullable: true })
  goneAt!: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
