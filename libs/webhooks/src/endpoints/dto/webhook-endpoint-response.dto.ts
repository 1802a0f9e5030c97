import { ApiProperty } from '@nestjs/swagger';
import { EVENT_TYPE_NAMES, EVENT_TYPES, type EventType } from '../event-types.js';
import type { EndpointTrial } from '../endpoint-replays.service.js';
import type { DisabledReason, WebhookEndpoint } from '../webhook-endpoint.entity.js';
import type { EndpointWithSecret } from '../webhook-endpoints.service.js';

export class WebhookEndpointResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty({ enum: EVENT_TYPE_NAMES, enumName: 'WebhookEventType', isArray: true })
  events!: EventType[];

  @ApiProperty()
  enabled!: boolean;

  @ApiProperty({
    enum: ['failing', 'gone'],
    nullable: true,
    description:
      'Why it was switched off by itself: nothing was delivered for three days, or it answered 410. Null when it is on, and when a person switched it off.',
  })
  disabledReason!: DisabledReason | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  disabledAt!: string | null;

  @ApiProperty({ description: 'Attempts in a row that were no delivery.' })
  failures!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'The first of them.' })
  failingSince!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until then messages carry a signature of the secret before as well; null when there is none.',
  })
  previousSignsUntil!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt!: string;

  static from(row: WebhookEndpoint): WebhookEndpointResponse {
    const until = row.previousSignsUntil;
    return {
      id: row.id,
      name: row.name,
      description: row.description,
      url: row.url,
      events: row.events,
      enabled: row.enabled,
      disabledReason: row.disabledReason,
      disabledAt: row.disabledAt?.toISOString() ?? null,
      failures: row.failures,
      failingSince: row.failingSince?.toISOString() ?? null,
      previousSignsUntil: until !== null && until.getTime() > Date.now() ? until.toISOString() : null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}

export class WebhookEndpointWithSecretResponse extends WebhookEndpointResponse {
  @ApiProperty({
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    description: 'Verifies messages; never shown again.',
  })
  secret!: string;

  static made({ endpoint, secret }: EndpointWithSecret): WebhookEndpointWithSecretResponse {
    return { ...WebhookEndpointResponse.from(endpoint), secret };
  }
}

/** All of them: there are at most twenty. */
export class WebhookEndpointListResponse {
  @ApiProperty({ type: [WebhookEndpointResponse] })
  data!: WebhookEndpointResponse[];

  static from(rows: readonly WebhookEndpoint[]): WebhookEndpointListResponse {
    return { data: rows.map((row) => WebhookEndpointResponse.from(row)) };
  }
}

export class WebhookEventTypeResponse {
  @ApiProperty({ enum: EVENT_TYPE_NAMES, enumName: 'WebhookEventType', description: 'As endpoints choose it.' })
  type!: EventType;

  @ApiProperty({ description: 'What it means, in a sentence.' })
  description!: string;
}

export class WebhookEventTypeListResponse {
  @ApiProperty({ type: [WebhookEventTypeResponse] })
  data!: WebhookEventTypeResponse[];

  static all(): WebhookEventTypeListResponse {
    return { data: EVENT_TYPE_NAMES.map((type) => ({ type, description: EVENT_TYPES[type] })) };
  }
}

/** What a receiver said to a test event. */
export class EndpointTrialResponse {
  @ApiProperty({ format: 'uuid', description: 'The delivery in the log; sent as `webhook-id`.' })
  deliveryId!: string;

  @ApiProperty({ description: 'Whether the receiver took it with 2xx.' })
  delivered!: boolean;

  @ApiProperty({ type: 'integer', nullable: true, description: 'What the receiver answered; null when nothing came.' })
  status!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it was no delivery.' })
  error!: string | null;

  @ApiProperty({ type: 'integer' })
  durationMs!: number;

  @ApiProperty({ type: String, nullable: true, description: 'How the answer begins, without secrets.' })
  answer!: string | null;

  static from({ deliveryId, answer, durationMs }: EndpointTrial): EndpointTrialResponse {
    const { status, error, excerpt = null } = answer;
    return { deliveryId, delivered: error === null, status, error, durationMs, answer: excerpt };
  }
}
