import { ApiProperty } from '@nestjs/swagger';
import { DELIVERY_STATES, type DeliveryState } from '#webhooks';
import type { CallbackAttemptRow } from '../callbacks.repository.js';
import type { CallbackWithLog } from '../callbacks.service.js';

export class CallbackAttemptResponse {
  @ApiProperty()
  number!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'What the receiver answered; null when nothing came.' })
  status!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it was no delivery.' })
  error!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Null while it goes on, and for one whose process was lost.',
  })
  durationMs!: number | null;

  static from({ number, at, status, error, durationMs }: CallbackAttemptRow): CallbackAttemptResponse {
    return { number, at: at.toISOString(), status, error, durationMs };
  }
}

export class CallbackResponse {
  @ApiProperty({ format: 'uuid', description: 'Sent as `webhook-id`, the same at every attempt.' })
  id!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty({ enum: DELIVERY_STATES, enumName: 'DeliveryState', description: 'Whether it was delivered.' })
  state!: DeliveryState;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it is tried next.' })
  nextAt!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  lastStatus!: number | null;

  @ApiProperty({ type: String, nullable: true })
  lastError!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deliveredAt!: string | null;

  @ApiProperty({ type: [CallbackAttemptResponse], description: 'Every attempt, oldest first.' })
  attempts!: CallbackAttemptResponse[];

  static from(row: CallbackWithLog): CallbackResponse {
    return {
      id: row.id,
      url: row.url,
      state: row.state,
      nextAt: row.nextAt?.toISOString() ?? null,
      lastStatus: row.lastStatus,
      lastError: row.lastError,
      createdAt: row.createdAt.toISOString(),
      deliveredAt: row.deliveredAt?.toISOString() ?? null,
      attempts: row.log.map((attempt) => CallbackAttemptResponse.from(attempt)),
    };
  }
}
