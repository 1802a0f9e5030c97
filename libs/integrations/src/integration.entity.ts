import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';

/** Whom a credential is for: its maker alone, everybody to use, or everybody to use and to change. */
export const SHARINGS = ['private', 'use', 'edit'] as const;
export type Sharing = (typeof SHARINGS)[number];

/** What an organisation keeps in order to get in elsewhere; *credential* in the API and on screens. */
@Entity()
export class Integration extends OrgScopedEntity {
  @Column({ type: 'text', update: false })
  kind!: string;

  @Column('text')
  name!: string;

  /** What is no secret, by name of the field. */
  @Column('jsonb')
  fields!: Readonly<Record<string, string>>;

  /** The secrets that are set, with their last signs where these tell nothing. */
  @Column('jsonb')
  secretHints!: Readonly<Record<string, string | null>>;

  /** The secrets as JSON, encrypted and bound to this row. */
  @Column({ type: 'text', select: false })
  sealedFields!: string;

  /** Host rules. */
  @Column('text', { array: true })
  allowedHosts!: string[];

  @Column('text')
  sharing!: Sharing;

  /** Tokens of a sign-in as JSON, encrypted and bound to this row. */
  @Column({ type: 'text', nullable: true, select: false })
  sealedTokens!: string | null;

  /** Null for tokens that do not expire, and without tokens. */
  @Column('timestamptz', { nullable: true })
  tokensExpireAt!: Date | null;

  /** Until then one process has the right to renew the tokens. */
  @Column('timestamptz', { nullable: true })
  refreshUntil!: Date | null;

  @Column('text', { nullable: true })
  testOutcome!: 'ok' | 'failed' | null;

  @Column('text', { nullable: true })
  testMessage!: string | null;

  @Column('timestamptz', { nullable: true })
  testedAt!: Date | null;

  /** To the minute. */
  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;

  @Column('text', { nullable: true })
  lastUsedBy!: string | null;

  @Column({ type: 'uuid', nullable: true, update: false })
  createdByUserId!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
