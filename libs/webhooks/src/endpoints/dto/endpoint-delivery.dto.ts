import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDate, IsIn, IsOptional } from 'class-validator';
import { type Page, PageQuery } from '#platform/http';
import { DELIVERY_STATES, type DeliveryState } from '../../delivery/delivery-state.js';
import type {
  EndpointAttemptRow,
  EndpointDeliveryDetail,
  EndpointDeliveryRow,
} from '../endpoint-deliveries.read-model.js';
import type { Replayed } from '../endpoint-replays.service.js';

export class ListEndpointDeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: DELIVERY_STATES, enumName: 'DeliveryState', description: 'All of them when absent.' })
  @IsOptional()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;
}

export class EndpointDeliveryResponse {
  @ApiProperty({ format: 'uuid', description: 'Sent as `webhook-id`, the same at every attempt.' })
  id!: string;

  @ApiProperty({ example: 'execution.succeeded', description: 'Of the event; `endpoint.test` for a trial.' })
  type!: string;

  @ApiProperty({ format: 'uuid', type: String, nullable: true, description: 'The run that it tells of.' })
  executionId!: string | null;

  @ApiProperty({ enum: DELIVERY_STATES, enumName: 'DeliveryState', description: 'Whether it was delivered.' })
  state!: DeliveryState;

  @ApiProperty({ type: 'integer', description: 'How often it was tried.' })
  attempts!: number;

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

  static from(row: EndpointDeliveryRow): EndpointDeliveryResponse {
    return {
      id: row.id,
      type: row.type,
      executionId: row.executionId,
      state: row.state,
      attempts: row.attempts,
      nextAt: row.nextAt?.toISOString() ?? null,
      lastStatus: row.lastStatus,
      lastError: row.lastError,
      createdAt: row.createdAt.toISOString(),
      deliveredAt: row.deliveredAt?.toISOString() ?? null,
    };
  }
}

export class EndpointDeliveryPageResponse {
  @ApiProperty({ type: [EndpointDeliveryResponse] })
  data!: EndpointDeliveryResponse[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from({ data, ...place }: Page<EndpointDeliveryRow>): EndpointDeliveryPageResponse {
    return { data: data.map((row) => EndpointDeliveryResponse.from(row)), ...place };
  }
}

export class EndpointAttemptResponse {
  @ApiProperty({ type: 'integer' })
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

  @ApiProperty({ type: String, nullable: true, description: 'How the answer begins, at most 1 KiB, without secrets.' })
  answer!: string | null;

  static from({ number, at, status, error, durationMs, answer }: EndpointAttemptRow): EndpointAttemptResponse {
    return { number, at: at.toISOString(), status, error, durationMs, answer };
  }
}

export class EndpointDeliveryDetailResponse extends EndpointDeliveryResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What is sent, byte by byte; null before the first attempt.',
  })
  body!: string | null;

  @ApiProperty({ type: [EndpointAttemptResponse], description: 'Every attempt, oldest first.' })
  log!: EndpointAttemptResponse[];

  static of({ body, log, ...row }: EndpointDeliveryDetail): EndpointDeliveryDetailResponse {
    return {
      ...EndpointDeliveryResponse.from(row),
      body,
      log: log.map((attempt) => EndpointAttemptResponse.from(attempt)),
    };
  }
}

export class ReplayFailedRequest {
  @ApiProperty({ type: String, format: 'date-time', description: 'Of the events: those from this moment on.' })
  @Type(() => Date)
  @IsDate()
  since!: Date;
}

export class ReplayFailedResponse {
  @ApiProperty({ type: 'integer', description: 'How many are tried again.' })
  count!: number;

  @ApiProperty({ description: 'Whether there may be more: at most 1000 are taken at once. Ask again.' })
  hasMore!: boolean;

  static from({ count, hasMore }: Replayed): ReplayFailedResponse {
    return { count, hasMore };
  }
}
