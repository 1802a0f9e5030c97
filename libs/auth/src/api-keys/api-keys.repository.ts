import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import type { Permission } from '../permission.js';
import { ApiKey } from './api-key.entity.js';

/** A new key without its secret, of which only the hash is known here. */
export interface NewApiKey {
  readonly name: string;
  readonly prefix: string;
  readonly keyHash: string;
  readonly scopes: Permission[];
  readonly createdByUserId: string;
  readonly expiresAt: Date | null;
}

@Injectable()
export class ApiKeysRepository extends OrgScopedRepository<ApiKey> {
  constructor(database: OrgDatabase) {
    super(database, ApiKey);
  }

  /** Revoked keys are gone for everybody. */
  find(id: string): Promise<ApiKey | null> {
    return this.findFirst({ id, revokedAt: IsNull() });
  }

  /** Also finds revoked ones. */
  findByHash(keyHash: string): Promise<ApiKey | null> {
    return this.findFirst({ keyHash });
  }

  add(key: NewApiKey): Promise<ApiKey> {
    return this.insertRow({ ...key, lastUsedAt: null, revokedAt: null });
  }

  /** @returns whether there was such a key */
  async revoke(id: string): Promise<boolean> {
    return (await this.updateRows({ id, revokedAt: IsNull() }, { revokedAt: new Date() })) > 0;
  }

  /** Only inside `acrossOrgs`. Each key's row is written at most once a minute, also with several processes. */
  async markUsed(keyIds: readonly string[]): Promise<void> {
    await this.statement(
      `UPDATE api_key SET last_used_at = now()
        WHERE id = ANY($1::uuid[]) AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
      [keyIds],
    );
  }
}
