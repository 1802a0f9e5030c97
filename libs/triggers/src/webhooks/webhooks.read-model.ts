import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import { type LastRun, LAST_RUN_COLUMNS, LAST_RUN_JOIN, readTriggers, type TriggerListQuery } from '../trigger-list.js';
import { webhookNotFound } from '../triggers.errors.js';
import type { WebhookDelivery } from './webhook-delivery.entity.js';
import type { Webhook } from './webhook.entity.js';

/** A webhook as lists and its page show it: never with its secret. */
export interface WebhookRow
  extends Omit<Webhook, 'orgId' | 'sealedSecret' | 'lastExecutionId' | 'createdByUserId'>, LastRun {
  readonly agentName: string;
}

export type DeliveryRow = Omit<WebhookDelivery, 'orgId' | 'webhookId' | 'bodyHash'>;

const SELECT = `SELECT t.id, t.agent_id AS "agentId", a.name AS "agentName", t.version, t.name, t.token, t.verification,
       t.signature_header AS "signatureHeader", t.timestamp_header AS "timestampHeader", t.input_expression AS "inputExpression",
       t.enabled, t.last_at AS "lastAt", t.created_at AS "createdAt", t.updated_at AS "updatedAt", ${LAST_RUN_COLUMNS}
  FROM webhook t JOIN agent a ON a.org_id = t.org_id AND a.id = t.agent_id ${LAST_RUN_JOIN}`;

@Injectable()
export class WebhooksReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws AppError not found */
  async get(id: string): Promise<WebhookRow> {
    if (!isId(id)) throw webhookNotFound();
    const [row] = await this.database.transaction((manager) =>
      manager.query<WebhookRow[]>(`${SELECT} WHERE t.org_id = $1 AND t.id = $2`, [OrgContext.require(), id]),
    );
    if (!row) throw webhookNotFound();
    return row;
  }

  list(query: TriggerListQuery): Promise<Page<WebhookRow>> {
    return readTriggers(this.cursors, 'webhooks', query, (window) =>
      this.database.transaction((manager) =>
        manager.query<WebhookRow[]>(
          `${SELECT} WHERE t.org_id = $1 AND ($2::uuid IS NULL OR t.agent_id = $2) AND ($3::uuid IS NULL OR t.id < $3)
            ORDER BY t.id DESC LIMIT $4`,
          window,
        ),
      ),
    );
  }

  /** Messages that proved their sender, newest first. @throws AppError not found */
  async deliveries(id: string, { limit, cursor }: Omit<TriggerListQuery, 'agentId'>): Promise<Page<DeliveryRow>> {
    await this.get(id);
    const list = `deliveries:${OrgContext.require()}:${id}`;
    const before = cursor === undefined ? null : this.cursors.decode(list, cursor).id;
    const rows = await this.database.transaction((manager) =>
      manager.query<DeliveryRow[]>(
        `SELECT d.id, d.message_id AS "messageId", d.outcome, d.execution_id AS "executionId", d.failure, d.repeated,
                d.created_at AS "createdAt"
           FROM webhook_delivery d
          WHERE d.org_id = $1 AND d.webhook_id = $2 AND ($3::uuid IS NULL OR d.id < $3) ORDER BY d.id DESC LIMIT $4`,
        [OrgContext.require(), id, before, limit + 1],
      ),
    );
    return this.cursors.page(list, rows, limit, (row) => ({ id: row.id, at: row.createdAt.toISOString() }));
  }
}
