import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';
import type { MessageState } from './message-state.js';

/** What was said in one turn of a conversation: by the person first, then by the agent. */
@Entity()
export class Message extends OrgScopedEntity {
  @Column({ type: 'uuid', update: false })
  conversationId!: string;

  /** From 1. */
  @Column({ type: 'integer', update: false })
  turn!: number;

  @Column({ type: 'text', update: false })
  role!: 'user' | 'assistant';

  @Column('text')
  content!: string;

  @Column('text')
  state!: MessageState;

  /** The run that the turn is; null while it waits for its turn. */
  @Column({ type: 'uuid', nullable: true })
  executionId!: string | null;

  /** What the person's client has sent along for the agent's input. */
  @Column({ type: 'jsonb', nullable: true })
  context!: Record<string, unknown> | null;

  /** Model and parameters to use instead of the agent's own. */
  @Column({ type: 'jsonb', nullable: true })
  overrides!: Record<string, unknown> | null;

  /** Why there is no answer. */
  @Column({ type: 'jsonb', nullable: true })
  error!: { code: string; message: string } | null;

  /** The built-in model, which is not a neural one, had a part in it. */
  @Column({ type: 'boolean', default: false })
  simulated!: boolean;

  /** Bound to whoever sent it. */
  @Column({ type: 'text', nullable: true })
  idempotencyKey!: string | null;

  @Column({ type: 'text', nullable: true })
  requestHash!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  startedAt!: Date | null;
}
