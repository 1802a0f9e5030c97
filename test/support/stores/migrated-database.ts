import type { QueryRunner } from 'typeorm';
import { migrations } from '#migrations';
import { type Database, openDatabase } from '#platform/database';
import type { Settings } from '#platform/config';
import type { Setup } from '../setup.js';
import { type FreshStores, freshStores } from '../start-in-process.js';

/** A database of one test file alone, brought up to date. Whoever opens it calls `close`. */
export class MigratedDatabase {
  private constructor(
    private readonly stores: FreshStores,
    private opened: Database,
  ) {}

  static async open(setup: Setup): Promise<MigratedDatabase> {
    const stores = await freshStores(setup);
    return new MigratedDatabase(stores, await openDatabase(stores.settings, migrations));
  }

  get database(): Database {
    return this.opened;
  }

  get settings(): Settings {
    return this.stores.settings;
  }

  /** As the next start of the application does. */
  async reopen(): Promise<void> {
    await this.opened.close();
    this.opened = await openDatabase(this.settings, migrations);
  }

  /** As the role that migrates; nothing of it stays. */
  async asOwner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.opened.dataSource.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query('SET LOCAL ROLE NONE');
      return await work(runner);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  async close(): Promise<void> {
    await this.opened.close();
    await this.stores.discard();
  }
}
