import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { TriggerFailure } from '../trigger-failure.js';

/** One message that proved its sender: the log that people read, and the memory by which a repetition is known. */
@Entity()
export class WebhookDelivery extends OrgScopedEntity {
  @Column('uuid')
  webhookId!: string;

  /** The sender's; for plain HMAC, which has none, the signature. Unique per webhook. */
  @Column('text')
  messageId!: string;

  @Column('text')
  bodyHash!: string;

  @Column('text')
  outcome!: 'accepted' | 'refused';

  @Column('uuid', { nullable: true })
  executionId!: string | null;

  @Column('json', { nullable: true })
  failure!: TriggerFailure | null;

  /** How many times the same message came again. */
  @Column('integer')
  repeated!: number;
}
