import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { Verification } from './verification.js';

/** An address that starts a run for every signed message. */
@Entity()
export class Webhook extends OrgScopedEntity {
  @Column('uuid')
  agentId!: string;

  /** Null: whichever is the latest published one when a message comes. */
  @Column('integer', { nullable: true })
  version!: number | null;

  @Column('text')
  name!: string;

  /** Last part of the address. Nobody can guess it, but it is no proof of anything: that is the signature. */
  @Column({ type: 'text', update: false })
  token!: string;

  @Column('text')
  verification!: Verification;

  /** Lower case; null for Standard Webhooks, which names its own. */
  @Column('text', { nullable: true })
  signatureHeader!: string | null;

  /** Lower case; when present, the signature covers `<timestamp>.<body>` and old messages are refused. */
  @Column('text', { nullable: true })
  timestampHeader!: string | null;

  @Column({ type: 'text', select: false })
  sealedSecret!: string;

  /** JSONata over `body`, `headers` and `query`; null: the body. */
  @Column('text', { nullable: true })
  inputExpression!: string | null;

  @Column('boolean')
  enabled!: boolean;

  @Column('timestamptz', { nullable: true })
  lastAt!: Date | null;

  @Column('uuid', { nullable: true })
  lastExecutionId!: string | null;

  @Column({ type: 'uuid', nullable: true, update: false })
  createdByUserId!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
