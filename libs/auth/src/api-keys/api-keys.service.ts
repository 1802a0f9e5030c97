import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { PrincipalCache } from '../access/principal-cache.js';
import { authErrors } from '../auth.errors.js';
import type { Permission } from '../permission.js';
import type { Principal } from '../principal.js';
import { assertHolds } from '../roles/role-grants.js';
import { hashSecret, makeSecret } from '../secret-token.js';
import type { ApiKey } from './api-key.entity.js';
import { ApiKeysRepository } from './api-keys.repository.js';

/** `af_` and six more; even the shortest key that an operator may set keeps ten characters to itself. */
const PREFIX_LENGTH = 9;

export interface ApiKeyInput {
  readonly name: string;
  readonly scopes: readonly Permission[];
  /** Null: never. */
  readonly expiresAt: Date | null;
}

/** A new key with its secret, which is said this once. */
export interface MadeApiKey {
  readonly apiKey: ApiKey;
  readonly key: string;
}

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly apiKeys: ApiKeysRepository,
    private readonly cache: PrincipalCache,
  ) {}

  /** @throws AppError forbidden when a scope is wider than its maker, invalid when it expires in the past */
  async create(principal: Principal, input: ApiKeyInput): Promise<MadeApiKey> {
    assertHolds(principal, input.scopes, '/scopes');
    if (input.expiresAt !== null && input.expiresAt.getTime() <= Date.now()) throw authErrors.expiryInPast();
    return this.add(`af_${makeSecret()}`, principal.userId, input);
  }

  /** A key whose text is given, for the first run. */
  async add(key: string, makerId: string, { name, scopes, expiresAt }: ApiKeyInput): Promise<MadeApiKey> {
    const apiKey = await this.apiKeys.add({
      name,
      prefix: key.slice(0, PREFIX_LENGTH),
      keyHash: hashSecret(key),
      scopes: [...new Set(scopes)],
      createdByUserId: makerId,
      expiresAt,
    });
    return { apiKey, key };
  }

  async get(id: string): Promise<ApiKey> {
    const apiKey = await this.apiKeys.find(id);
    if (!apiKey) throw authErrors.apiKeyNotFound();
    return apiKey;
  }

  /** Shuts the key out at once here and within five seconds in other processes. */
  async revoke(id: string): Promise<void> {
    if (!(await this.apiKeys.revoke(id))) throw authErrors.apiKeyNotFound();
    this.database.afterCommit(() => this.cache.forget());
  }
}
