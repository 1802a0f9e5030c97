import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { isId } from '#platform/ids';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { Integration } from './integration.entity.js';
import { credentialNameTaken } from './integrations.errors.js';

/** A row with what is sealed in it. */
export type SealedIntegration = Integration;

type Values = Pick<
  Integration,
  'kind' | 'name' | 'fields' | 'secretHints' | 'sealedFields' | 'allowedHosts' | 'sharing' | 'createdByUserId'
>;

export interface TokenValues {
  readonly sealedTokens: string | null;
  readonly tokensExpireAt: Date | null;
}

@Injectable()
export class IntegrationsRepository extends OrgScopedRepository<Integration> {
  constructor(database: OrgDatabase) {
    super(database, Integration);
  }

  find(id: string): Promise<Integration | null> {
    return isId(id) ? this.findFirst({ id }) : Promise.resolve(null);
  }

  findByIds(ids: readonly string[]): Promise<Integration[]> {
    const known = ids.filter(isId);
    if (known.length === 0) return Promise.resolve([]);
    return this.select('i', (query) => query.andWhere('i.id = ANY (:known)', { known }).getMany());
  }

  findOfKinds(kinds: readonly string[], most: number): Promise<Integration[]> {
    return this.select('i', (query) =>
      query
        .andWhere('i.kind = ANY (:kinds)', { kinds: [...kinds] })
        .orderBy('i.id')
        .limit(most)
        .getMany(),
    );
  }

  findSealed(id: string): Promise<SealedIntegration | null> {
    if (!isId(id)) return Promise.resolve(null);
    return this.select('i', (query) =>
      query.addSelect(['i.sealedFields', 'i.sealedTokens']).andWhere('i.id = :id', { id }).getOne(),
    );
  }

  /** As `findSealed`; whoever wants to change the same one waits until the open transaction has ended. */
  lockSealed(id: string): Promise<SealedIntegration | null> {
    if (!isId(id)) return Promise.resolve(null);
    return this.select('i', (query) =>
      query
        .addSelect(['i.sealedFields', 'i.sealedTokens'])
        .andWhere('i.id = :id', { id })
        .setLock('pessimistic_write')
        .getOne(),
    );
  }

  /** How many there are; nobody adds one until the open transaction has ended. */
  async countToAdd(): Promise<number> {
    await this.statement(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`integrations:${this.filter()}`]);
    return this.countRows();
  }

  add(id: string, values: Values): Promise<Integration> {
    return refuseTakenName(this.insertRow({ id, ...values }));
  }

  async change(id: string, values: Partial<Values & TokenValues>): Promise<void> {
    await refuseTakenName(this.updateRows({ id }, { ...values, updatedAt: () => 'now()' }));
  }

  /** @returns whether there was such a credential */
  async remove(id: string): Promise<boolean> {
    return isId(id) && (await this.deleteRows({ id })) > 0;
  }

  async noteUse(id: string, usedBy: string): Promise<void> {
    await this.updateRows({ id }, { lastUsedAt: () => 'now()', lastUsedBy: usedBy });
  }

  async noteTest(id: string, testOutcome: 'ok' | 'failed', testMessage: string): Promise<void> {
    await this.updateRows({ id }, { testOutcome, testMessage, testedAt: () => 'now()' });
  }

  /** @returns whether this caller has the right to renew the tokens, for half a minute */
  async takeRefresh(id: string): Promise<boolean> {
    const rows = await this.statement(
      `WITH taken AS (UPDATE integration SET refresh_until = now() + interval '30 seconds'
                       WHERE org_id = $1 AND id = $2 AND (refresh_until IS NULL OR refresh_until < now())
                         AND tokens_expire_at < now() + interval '1 minute' RETURNING 1)
       SELECT 1 FROM taken`,
      [this.filter(), id],
    );
    return rows.length > 0;
  }

  /** Ends a refresh. @param tokens the new ones; null when there are none and the old ones stay */
  async endRefresh(id: string, tokens: TokenValues | null): Promise<void> {
    await this.updateRows({ id }, { ...tokens, refreshUntil: null });
  }
}

async function refuseTakenName<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof QueryFailedError) {
      const { code, constraint } = error.driverError as { code?: string; constraint?: string };
      if (code === '23505' && constraint === 'integration_org_id_name_key') throw credentialNameTaken();
    }
    throw error;
  }
}
