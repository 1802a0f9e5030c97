import { Injectable } from '@nestjs/common';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { SigningSecret } from './signing-secret.entity.js';

/** Bounds the signatures of a message, however often somebody rotates. */
const MAX_SIGNING = 3;

@Injectable()
export class SigningSecretsRepository extends OrgScopedRepository<SigningSecret> {
  constructor(database: OrgDatabase) {
    super(database, SigningSecret);
  }

  /** The current one first, then those that still sign along, newest first. */
  async findSigning(): Promise<SigningSecret[]> {
    return this.select('s', (query) =>
      query
        .andWhere('(s.retiresAt IS NULL OR s.retiresAt > now())')
        .orderBy('s.retiresAt', 'DESC', 'NULLS FIRST')
        .limit(MAX_SIGNING)
        .getMany(),
    );
  }

  /** Lets one at a time make or change the organisation's secrets, until the transaction ends. */
  async lock(): Promise<void> {
    await this.statement(`SELECT pg_advisory_xact_lock(hashtextextended('signing_secret ' || $1, 0))`, [this.filter()]);
  }

  add(id: string, sealedSecret: string): Promise<SigningSecret> {
    return this.insertRow({ id, sealedSecret, retiresAt: null });
  }

  /** The current one signs along for some hours more; those whose time is over go. */
  async retireCurrent(hours: number): Promise<void> {
    await this.statement(
      `UPDATE signing_secret SET retires_at = now() + make_interval(hours => $2) WHERE org_id = $1 AND retires_at IS NULL`,
      [this.filter(), hours],
    );
    await this.statement(`DELETE FROM signing_secret WHERE org_id = $1 AND retires_at < now()`, [this.filter()]);
  }
}
