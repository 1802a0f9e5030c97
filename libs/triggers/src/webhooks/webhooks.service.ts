import { currentPrincipal } from '#auth';
import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { SecretBox } from '#platform/secrets';
import { OrgContext, OrgDatabase } from '#tenancy';
import { TriggerTarget } from '../trigger-target.js';
import { tooMany, webhookNotFound } from '../triggers.errors.js';
import { assertMaps } from './message-input.js';
import { secretOwner } from './message-verifier.js';
import type { Verification } from './verification.js';
import { type SignatureHeaders, signatureHeaders } from './signature-headers.js';
import { assertUsableSecret, makeWebhookSecret } from './webhook-secret.js';
import { makeWebhookToken } from './webhook-token.js';
import { WebhooksRepository } from './webhooks.repository.js';

const MAX_WEBHOOKS = 100;

export interface NewWebhook extends SignatureHeaders {
  readonly agentId: string;
  readonly version: number | null;
  readonly name: string;
  readonly verification: Verification;
  /** Made for the sender when absent. */
  readonly secret?: string;
  readonly inputExpression: string | null;
  readonly enabled: boolean;
}

export type WebhookChange = Partial<Omit<NewWebhook, 'agentId' | 'verification' | 'secret'>>;

/** A webhook with its secret, which is said this once. */
export interface SaidSecret {
  readonly id: string;
  readonly secret: string;
}

/** Webhooks as people keep them; receiving messages is `WebhookReception`'s. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly webhooks: WebhooksRepository,
    private readonly target: TriggerTarget,
    private readonly secrets: SecretBox,
  ) {}

  /** @throws AppError too many · agent not runnable · secret, headers or expression wrong */
  create({ secret: given, ...webhook }: NewWebhook): Promise<SaidSecret> {
    const secret = this.secretFor(webhook.verification, given);
    const headers = signatureHeaders(webhook.verification, webhook);
    assertMaps(webhook.inputExpression);
    const id = newId();
    return this.database.transaction(async () => {
      if ((await this.webhooks.countToAdd()) >= MAX_WEBHOOKS) throw tooMany('webhook', MAX_WEBHOOKS);
      await this.target.assertRuns(webhook.agentId, webhook.version);
      await this.webhooks.add({
        ...webhook,
        ...headers,
        id,
        token: makeWebhookToken(),
        sealedSecret: this.sealed(id, secret),
        createdByUserId: currentPrincipal().userId,
      });
      return { id, secret };
    });
  }

  /** Its address, its secret and how it verifies stay. @throws AppError as `create`, and not found */
  async update(id: string, change: WebhookChange): Promise<void> {
    if (change.inputExpression !== undefined) assertMaps(change.inputExpression);
    await this.database.transaction(async () => {
      const before = await this.webhooks.lock(id);
      if (!before) throw webhookNotFound();
      const after = { ...before, ...change };
      if (change.version !== undefined) await this.target.assertRuns(after.agentId, after.version);
      await this.webhooks.change(id, { ...change, ...signatureHeaders(before.verification, after) });
    });
  }

  async delete(id: string): Promise<void> {
    if (!(await this.webhooks.remove(id))) throw webhookNotFound();
  }

  /** The old secret is worth nothing from this moment on. @throws AppError not found, or invalid for a secret that was given */
  async rotateSecret(id: string, given?: string): Promise<SaidSecret> {
    return this.database.transaction(async () => {
      const webhook = await this.webhooks.lock(id);
      if (!webhook) throw webhookNotFound();
      const secret = this.secretFor(webhook.verification, given);
      await this.webhooks.change(id, { sealedSecret: this.sealed(id, secret) });
      return { id, secret };
    });
  }

  private secretFor(verification: Verification, given: string | undefined): string {
    if (given === undefined) return makeWebhookSecret(verification);
    assertUsableSecret(verification, given);
    return given;
  }

  private sealed(id: string, secret: string): string {
    return this.secrets.seal(secret, secretOwner({ id, orgId: OrgContext.require() }));
  }
}
