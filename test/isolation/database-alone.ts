import type { DataSource, EntityManager } from 'typeorm';
import { DATABASE, type Database } from '#platform/database';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { Setup } from '../support/setup.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';
import { openApplicationLocks } from './application-locks.js';
import { makeOrganisation, type Organisation } from './organisation.js';
import { changedTables, printRows, type RowPrints, scopedTables } from './organisation-rows.js';
import { closeConnections } from './raw-request.js';
import { type Outcome, outcomeOf } from './statement-outcome.js';

/** A running application whose own lock is open, and two organisations in it. */
export class DatabaseAlone {
  private constructor(
    readonly running: InProcess,
    /** Every table with `org_id`. */
    readonly tables: readonly string[],
    readonly mine: Organisation,
    readonly theirs: Organisation,
    /** What B had before anybody attacked it. */
    readonly before: RowPrints,
    private readonly close: () => void,
  ) {}

  static async start(setup: Setup): Promise<DatabaseAlone> {
    const running = await startInProcess(setup);
    const { app, url } = running;
    const mine = await makeOrganisation(app, url, 'alpha');
    const theirs = await makeOrganisation(app, url, 'bravo');
    const before = await printRows(app, theirs.ids.orgId);
    return new DatabaseAlone(running, await scopedTables(app), mine, theirs, before, openApplicationLocks(app));
  }

  async stop(): Promise<void> {
    this.close();
    closeConnections();
    await this.running.stop();
  }

  get database(): OrgDatabase {
    return this.running.app.get(OrgDatabase);
  }

  get dataSource(): DataSource {
    return this.running.app.get<Database>(DATABASE).dataSource;
  }

  /** In a transaction of organisation A, as everything that A asks for runs. */
  asMine<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return OrgContext.run(this.mine.ids.orgId, () => this.database.transaction(work));
  }

  /** One statement of A's, and how it ended. */
  attempt(sql: string, parameters: unknown[] = []): Promise<Outcome> {
    return outcomeOf(() => this.asMine((manager) => manager.query(sql, parameters)));
  }

  /** What is really there, whosever it is. */
  systemRows<R>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    return this.database.acrossOrgsStatement<R>('the test looks at the rows that it attacks', sql, parameters);
  }

  /** Tables in which something of B is not as it was. */
  async changedOfTheirs(): Promise<string[]> {
    return changedTables(this.before, await printRows(this.running.app, this.theirs.ids.orgId));
  }
}
