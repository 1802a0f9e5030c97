import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { EventType } from './event-types.js';

/** Why an endpoint was switched off by us: it failed for days, or it answered 410. */
export type DisabledReason = 'failing' | 'gone';

/** An address that the organisation wants to be told things at. */
@Entity()
export class WebhookEndpoint extends OrgScopedEntity {
  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  @Column('text')
  url!: string;

  /** Of `url`, so that one slow host can be passed over. */
  @Column('text')
  origin!: string;

  @Column('text', { array: true })
  events!: EventType[];

  @Column('boolean')
  enabled!: boolean;

  /** `whsec_…`, sealed and bound to this row. */
  @Column('text')
  sealedSecret!: string;

  /** Signs along until `previousSignsUntil`. */
  @Column('text', { nullable: true })
  sealedPreviousSecret!: string | null;

  @Column('timestamptz', { nullable: true })
  previousSignsUntil!: Date | null;

  /** Attempts in a row that were no delivery. */
  @Column('integer', { default: 0 })
  failures!: number;

  /** The first of them; null when the latest attempt was a delivery. */
  @Column('timestamptz', { nullable: true })
  failingSince!: Date | null;

  /** When we switched it off; null while it is on, and when a person did. */
  @Column('timestamptz', { nullable: true })
  disabledAt!: Date | null;

  @Column('text', { nullable: true })
  disabledReason!: DisabledReason | null;

  /** When owners were told that we switched it off. */
  @Column('timestamptz', { nullable: true })
  notifiedAt!: Date | null;

  @Column({ type: 'uuid', nullable: true, update: false })
  createdByUserId!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
