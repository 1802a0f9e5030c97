import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '#platform/http';
import { LastRunResponse, TriggerFailureResponse } from '../../dto/trigger-fields.js';
import { type Verification, VERIFICATIONS } from '../verification.js';
import type { DeliveryRow, WebhookRow } from '../webhooks.read-model.js';

export class WebhookResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  agentId!: string;

  @ApiProperty()
  agentName!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: the latest published one of each time.' })
  version!: number | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Where the sender posts to.', example: 'https://agentflow.example.org/hooks/Yk1Zp0…' })
  url!: string;

  @ApiProperty({ enum: VERIFICATIONS, enumName: 'WebhookVerification', description: 'How its messages are signed.' })
  verification!: Verification;

  @ApiProperty({ type: String, nullable: true })
  signatureHeader!: string | null;

  @ApiProperty({ type: String, nullable: true })
  timestampHeader!: string | null;

  @ApiProperty({ type: String, nullable: true })
  inputExpression!: string | null;

  @ApiProperty()
  enabled!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'The latest verified message.' })
  lastAt!: string | null;

  @ApiProperty({ type: LastRunResponse, nullable: true })
  lastRun!: LastRunResponse | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt!: string;

  static from(row: WebhookRow, url: string): WebhookResponse {
    return {
      id: row.id,
      agentId: row.agentId,
      agentName: row.agentName,
      version: row.version,
      name: row.name,
      url,
      verification: row.verification,
      signatureHeader: row.signatureHeader,
      timestampHeader: row.timestampHeader,
      inputExpression: row.inputExpression,
      enabled: row.enabled,
      lastAt: row.lastAt?.toISOString() ?? null,
      lastRun: row.runId !== null && row.runStatus !== null ? { id: row.runId, status: row.runStatus } : null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}

export class CreatedWebhookResponse extends WebhookResponse {
  @ApiProperty({ description: 'Signs messages; never shown again.' })
  secret!: string;
}

export class RotatedSecretResponse {
  @ApiProperty({ description: 'Signs messages from now on; never shown again. The old one is worth nothing any more.' })
  secret!: string;
}

export class WebhookPageResponse {
  @ApiProperty({ type: [WebhookResponse] })
  data!: WebhookResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;
}

/** A message that proved its sender. */
export class WebhookDeliveryResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: "The sender's; its signature where it sends none." })
  messageId!: string;

  @ApiProperty({ enum: ['accepted', 'refused'] })
  outcome!: 'accepted' | 'refused';

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  executionId!: string | null;

  @ApiProperty({ type: TriggerFailureResponse, nullable: true, description: 'Why it started nothing.' })
  failure!: TriggerFailureResponse | null;

  @ApiProperty({ description: 'How many times the same message came again.' })
  repeated!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  receivedAt!: string;

  static from(row: DeliveryRow): WebhookDeliveryResponse {
    const { id, messageId, outcome, executionId, failure, repeated, createdAt } = row;
    return { id, messageId, outcome, executionId, failure, repeated, receivedAt: createdAt.toISOString() };
  }
}

export class WebhookDeliveryPageResponse {
  @ApiProperty({ type: [WebhookDeliveryResponse] })
  data!: WebhookDeliveryResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from({ data, ...place }: Page<DeliveryRow>): WebhookDeliveryPageResponse {
    return { data: data.map((row) => WebhookDeliveryResponse.from(row)), ...place };
  }
}
