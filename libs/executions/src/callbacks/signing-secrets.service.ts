import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { SecretBox, SecretUnreadableError } from '#platform/secrets';
import { OrgContext, OrgDatabase } from '#tenancy';
import { makeSigningSecret } from '#webhooks';
import { secretUnreadable } from './callbacks.errors.js';
import type { SigningSecret } from './signing-secret.entity.js';
import { SigningSecretsRepository } from './signing-secrets.repository.js';

/** How long receivers have to learn a new secret. */
const OVERLAP_HOURS = 24;

const NO_CURRENT = 'There is always a current secret.';

export interface CurrentSecret {
  readonly secret: string;
  readonly createdAt: Date;
  /** Until when the one before signs along; null when there is none. */
  readonly previousSignsUntil: Date | null;
}

/** The organisation's signing secret: made when somebody first needs it, sealed at rest. */
@Injectable()
export class SigningSecretsService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly rows: SigningSecretsRepository,
    private readonly box: SecretBox,
  ) {}

  /** @throws AppError when it was sealed under another key and has to be rotated */
  async current(): Promise<CurrentSecret> {
    return this.toCurrent(await this.signing());
  }

  /** Makes a new one; the one before signs along for a day. */
  rotate(): Promise<CurrentSecret> {
    return this.database.transaction(async () => {
      await this.rows.lock();
      await this.rows.retireCurrent(OVERLAP_HOURS);
      await this.make();
      return this.toCurrent(await this.rows.findSigning());
    });
  }

  /** Everything that a message is signed with at this moment, the current one first. @throws SecretUnreadableError */
  async signingSecrets(): Promise<string[]> {
    const [current, ...earlier] = await this.signing();
    if (!current) throw new Error(NO_CURRENT);
    return [this.open(current), ...earlier.flatMap((row) => this.openIfReadable(row) ?? [])];
  }

  private async signing(): Promise<SigningSecret[]> {
    const rows = await this.rows.findSigning();
    if (rows[0]?.retiresAt === null) return rows;
    return this.database.transaction(async () => {
      await this.rows.lock();
      const now = await this.rows.findSigning();
      if (now[0]?.retiresAt === null) return now;
      return [await this.make(), ...now];
    });
  }

  private make(): Promise<SigningSecret> {
    const id = newId();
    const secret = makeSigningSecret();
    return this.rows.add(id, this.box.seal(secret, secretOwner({ id, orgId: OrgContext.require() })));
  }

  private open(row: SigningSecret): string {
    return this.box.open(row.sealedSecret, secretOwner(row));
  }

  private openIfReadable(row: SigningSecret): string | null {
    try {
      return this.open(row);
    } catch (error) {
      if (error instanceof SecretUnreadableError) return null;
      throw error;
    }
  }

  private toCurrent([current, previous]: SigningSecret[]): CurrentSecret {
    if (!current) throw new Error(NO_CURRENT);
    const secret = this.openIfReadable(current);
    if (secret === null) throw secretUnreadable();
    return {
      secret,
      createdAt: current.createdAt,
      previousSignsUntil: previous?.retiresAt ?? null,
    };
  }
}

const secretOwner = ({ id, orgId }: { id: string; orgId: string }) => ({
  field: 'signing_secret.sealed_secret',
  orgId,
  rowId: id,
});
