import { Injectable } from '@nestjs/common';
import { SecretUnreadableError } from '#platform/secrets';
import { OrgSecrets } from '#tenancy';
import { makeSigningSecret } from '../delivery/signing-secret.js';
import type { WebhookEndpoint } from './webhook-endpoint.entity.js';

/** How long receivers have to learn a new secret. */
const OVERLAP_MS = 24 * 60 * 60 * 1_000;

const CURRENT = 'webhook_endpoint.sealed_secret';
const PREVIOUS = 'webhook_endpoint.sealed_previous_secret';

type SecretsRow = Pick<WebhookEndpoint, 'id' | 'sealedSecret' | 'sealedPreviousSecret' | 'previousSignsUntil'>;

/** What the messages to an endpoint are signed with, sealed at rest. */
@Injectable()
export class EndpointSecrets {
  constructor(private readonly secrets: OrgSecrets) {}

  /** @returns the secret, to be said once, and what the row keeps of it */
  async make(endpointId: string): Promise<{ secret: string; sealedSecret: string }> {
    const secret = makeSigningSecret();
    return { secret, sealedSecret: await this.secrets.seal(secret, { field: CURRENT, rowId: endpointId }) };
  }

  /** A new one; the one before signs along for a day. One that cannot be read ends at once. */
  async rotate(row: SecretsRow): Promise<{ secret: string; columns: Omit<SecretsRow, 'id'> }> {
    const { secret, sealedSecret } = await this.make(row.id);
    const previous = await this.openIfReadable(row.sealedSecret, CURRENT, row.id);
    const sealedPreviousSecret =
      previous === null ? null : await this.secrets.seal(previous, { field: PREVIOUS, rowId: row.id });
    const previousSignsUntil = previous === null ? null : new Date(Date.now() + OVERLAP_MS);
    return { secret, columns: { sealedSecret, sealedPreviousSecret, previousSignsUntil } };
  }

  /** Everything that a message is signed with at this moment, the current one first. @throws SecretUnreadableError */
  async signing(row: SecretsRow): Promise<string[]> {
    const current = await this.secrets.open(row.sealedSecret, { field: CURRENT, rowId: row.id });
    const { sealedPreviousSecret: earlier, previousSignsUntil: until } = row;
    if (earlier === null || until === null || until.getTime() <= Date.now()) return [current];
    const previous = await this.openIfReadable(earlier, PREVIOUS, row.id);
    return previous === null ? [current] : [current, previous];
  }

  private async openIfReadable(sealed: string, field: string, rowId: string): Promise<string | null> {
    try {
      return await this.secrets.open(sealed, { field, rowId });
    } catch (error) {
      if (error instanceof SecretUnreadableError) return null;
      throw error;
    }
  }
}
