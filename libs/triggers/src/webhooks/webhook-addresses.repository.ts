import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import type { Verification } from './verification.js';

/** What the door must know of a webhook before it knows anybody. */
export interface WebhookAtDoor {
  readonly id: string;
  readonly orgId: string;
  readonly agentId: string;
  readonly version: number | null;
  readonly name: string;
  readonly verification: Verification;
  readonly signatureHeader: string | null;
  readonly timestampHeader: string | null;
  readonly sealedSecret: string;
  readonly inputExpression: string | null;
  readonly enabled: boolean;
}

/** An address names its organisation; until it is looked up, a message belongs to none. */
@Injectable()
export class WebhookAddressesRepository {
  constructor(private readonly database: OrgDatabase) {}

  async find(token: string): Promise<WebhookAtDoor | null> {
    const [found] = await this.database.acrossOrgsStatement<WebhookAtDoor>(
      'the address of a webhook names its organisation',
      `SELECT id, org_id AS "orgId", agent_id AS "agentId", version, name, verification, signature_header AS "signatureHeader",
              timestamp_header AS "timestampHeader", sealed_secret AS "sealedSecret", input_expression AS "inputExpression", enabled
         FROM webhook WHERE token = $1`,
      [token],
    );
    return found ?? null;
  }
}
