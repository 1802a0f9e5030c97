import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { LeftOutTool, ToolSetKind } from './tool-set-adapter.js';

/** `needs_review`: the other side has tools that nobody here has looked at as they are now. */
export const TOOL_SET_STATUSES = ['ready', 'needs_review', 'unreachable'] as const;
export type ToolSetStatus = (typeof TOOL_SET_STATUSES)[number];

/** Tools that an organisation brought itself: a remote MCP server, or an API that an OpenAPI document describes. */
@Entity()
export class ToolSet extends OrgScopedEntity {
  @Column('text')
  name!: string;

  /** What the names of its tools begin with; unique in the organisation. */
  @Column({ type: 'text', update: false })
  slug!: string;

  @Column({ type: 'text', update: false })
  kind!: ToolSetKind;

  @Column({ type: 'text', update: false })
  url!: string;

  @Column({ type: 'uuid', nullable: true })
  credentialId!: string | null;

  /** The adapter's own. */
  @Column('jsonb')
  settings!: Readonly<Record<string, unknown>>;

  @Column('text')
  status!: ToolSetStatus;

  /** Why it could not be reached; null when it was. */
  @Column({ type: 'text', nullable: true })
  lastError!: string | null;

  /** What the other side offers and cannot be had, with reasons. */
  @Column('jsonb')
  leftOut!: readonly LeftOutTool[];

  /** When the other side was asked last for its tools. */
  @Column({ type: 'timestamptz', nullable: true })
  checkedAt!: Date | null;

  /** Raised by everything that changes what its tools are or do. */
  @Column({ type: 'integer', default: 1 })
  revision!: number;

  @Column({ type: 'uuid', nullable: true, update: false })
  createdByUserId!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
