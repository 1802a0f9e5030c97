import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';
import { type Ambient, currentAmbient, runWith } from '#platform/context';
import { DATABASE, type Database, SYSTEM_ROLE } from '#platform/database';
import { acrossOrgs } from './across-orgs.js';

/** The open transaction of the running code and what waits for its commit. */
interface OpenTransaction {
  manager: EntityManager | null;
  readonly afterCommit: (() => void)[];
}

/**
 * The only door to the database. Every statement runs in a transaction that names its organisation to Postgres, set
 * for that transaction alone: a pooled connection never remembers whose it was.
 */
@Injectable()
export class OrgDatabase {
  private readonly statementNames = new Map<string, string>();

  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /**
   * Runs `work` in one transaction of the ambient organisation (or, inside `acrossOrgs`, of the system role). Nested
   * calls join: embedded Postgres has one connection, and a second transaction would wait for the first for ever.
   */
  async transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const ambient = currentAmbient();
    const open = ambient?.transaction as OpenTransaction | undefined;
    if (open?.manager) return work(open.manager);

    const transaction: OpenTransaction = { manager: null, afterCommit: [] };
    const lock = lockStatement(ambient);
    const result = await this.database.dataSource.transaction(async (manager) => {
      transaction.manager = manager;
      await manager.query(lock.sql, lock.parameters);
      try {
        return await runWith({ transaction }, () => work(manager));
      } finally {
        // What goes on after `work` must not slip in between it and the commit, or behind that.
        transaction.manager = null;
      }
    });
    for (const listener of transaction.afterCommit) listener();
    return result;
  }

  /**
   * One statement over every organisation, in its own transaction: `acrossOrgs` for the few hot paths that serve all
   * runs of a process at once. The statement itself must take `org_id` from the rows that it joins.
   * @param sql one of a fixed number of texts: each is prepared once per connection, because planning the journal's
   *   takes three times as long as running it
   */
  async acrossOrgsStatement<R>(reason: string, sql: string, parameters: unknown[]): Promise<R[]> {
    const statement = { name: this.nameOf(sql), text: sql, values: parameters };
    const { systemPool } = this.database;
    if (systemPool) return (await systemPool.query(statement)).rows as R[];
    return acrossOrgs(reason, () =>
      this.transaction(async ({ queryRunner }) => {
        // TypeORM's own `query` cannot name a statement.
        const connection = (await queryRunner?.connect()) as PoolClient;
        return (await connection.query(statement)).rows as R[];
      }),
    );
  }

  private nameOf(sql: string): string {
    const known = this.statementNames.get(sql);
    if (known !== undefined) return known;
    const name = `agentflow_${this.statementNames.size + 1}`;
    this.statementNames.set(sql, name);
    return name;
  }

  /** Whether there is only the one connection of the embedded database. */
  get embedded(): boolean {
    return this.database.embedded;
  }

  /**
   * Runs `work` in an organisation that does not exist yet, in the open transaction if there is one: founding one more
   * organisation belongs to the request (and idempotency key) of the organisation that the founder works in.
   * @param orgId freshly made; refused when an organisation has it
   */
  async inNewOrganisation<T>(orgId: string, work: () => Promise<T>): Promise<T> {
    return this.transaction(async (manager) => {
      const [before] = await manager.query<{ orgId: string }[]>(
        `SELECT coalesce(current_setting('app.org_id', true), '') AS "orgId"`,
      );
      const open = (id: string): Promise<unknown> => manager.query(`SELECT set_config('app.org_id', $1, true)`, [id]);
      await open(orgId);
      try {
        const there = await manager.query<unknown[]>('SELECT 1 FROM organization WHERE id = $1', [orgId]);
        if (there.length > 0) throw new Error('This organisation exists already; enter it at the door instead.');
        return await runWith({ orgId, acrossOrgs: undefined }, work);
      } finally {
        // After a failed statement the transaction is lost anyway, and the setting with it.
        await open(before?.orgId ?? '').catch(() => undefined);
      }
    });
  }

  /** Runs `listener` once the open transaction has committed, or at once when none is open. Never after a rollback. */
  afterCommit(listener: () => void): void {
    const open = currentAmbient()?.transaction as OpenTransaction | undefined;
    if (open?.manager) open.afterCommit.push(listener);
    else listener();
  }
}

function lockStatement(ambient: Ambient | undefined): { sql: string; parameters: string[] } {
  if (ambient?.orgId !== undefined) {
    return { sql: `SELECT set_config('app.org_id', $1, true)`, parameters: [ambient.orgId] };
  }
  if (ambient?.acrossOrgs !== undefined) {
    return { sql: `SET LOCAL ROLE ${SYSTEM_ROLE}`, parameters: [] };
  }
  throw new Error('No organisation is open. Enter one at the door (OrgContext.run), or give a reason to acrossOrgs.');
}
