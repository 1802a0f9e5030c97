import { join } from 'node:path';
import pg from 'pg';
import { DataSource, type DataSourceOptions, getMetadataArgsStorage, type MixedList } from 'typeorm';
import { SettingsError, type Settings } from '../config/index.js';
import { lockDirectory } from './directory-lock.js';
import { hasEmbeddedDatabase, makeEmbeddedDatabase } from './make-embedded-database.js';
import { checkOrgProtection } from './preconditions.js';
import { APP_ROLE, ROLE_STATEMENTS, SYSTEM_ROLE } from './roles.js';
import { SnakeCaseNames } from './snake-case-names.js';

/** An open, migrated and checked database. */
export interface Database {
  readonly dataSource: DataSource;
  /** True for PGlite: one connection, one process. */
  readonly embedded: boolean;
  /**
   * Connections that start as the system role, for single statements over every organisation (group commit, leases):
   * one round trip instead of three. Null when embedded, where there is one connection.
   */
  readonly systemPool: pg.Pool | null;
  close(): Promise<void>;
}

/** Connections handed out within this time or refused: a busy database answers 503 instead of hanging. */
const ACQUIRE_TIMEOUT_MS = 5_000;

/** Two batches of the journal in flight, leases and the reconciler. */
const SYSTEM_POOL_SIZE = 4;

/** Of Postgres's own cache; the system's page cache is behind it. Its default of 128 MB is a third of an idle process. */
const EMBEDDED_BUFFERS = '16MB';

/** Held while migrating, so that processes that start together take turns. Any constant of our own will do. */
const MIGRATION_LOCK = 4_178_563_201;

type Migrations = MixedList<new () => object>;
type PostgresConnection = { url?: string; extra: Record<string, unknown> };

/**
 * Opens the database that the settings name, brings it up to date as its owner, verifies the organisation lock, and
 * from then on works as the role that row-level security binds.
 * @throws SettingsError with a sentence that says what to mend
 */
export async function openDatabase(settings: Settings, migrations: Migrations): Promise<Database> {
  return settings.database.url === null
    ? openEmbedded(settings, migrations)
    : openPostgres(settings, settings.database.url, migrations);
}

async function openPostgres(settings: Settings, url: string, migrations: Migrations): Promise<Database> {
  const timeouts = { connectionTimeoutMillis: ACQUIRE_TIMEOUT_MS, keepAlive: true };
  await migrate({ url, extra: { ...timeouts, max: 1 } }, migrations, url);
  const limits = { ...timeouts, idle_in_transaction_session_timeout: 30_000, statement_timeout: 30_000 };
  const dataSource = createDataSource({
    url,
    extra: { ...limits, max: settings.database.poolSize, options: `-c role=${APP_ROLE}` },
  });
  await dataSource.initialize();
  surviveBrokenConnections((dataSource.driver as unknown as { readonly master: pg.Pool }).master);
  const systemPool = new pg.Pool({
    connectionString: url,
    ...limits,
    max: SYSTEM_POOL_SIZE,
    options: `-c role=${SYSTEM_ROLE}`,
  });
  surviveBrokenConnections(systemPool);
  return {
    dataSource,
    embedded: false,
    systemPool,
    close: async () => {
      await dataSource.destroy();
      await systemPool.end();
    },
  };
}

/**
 * An idle connection that breaks is replaced by the pool; whoever uses a broken one gets the error itself. Between the two
 * nobody listens: when a server that goes down says welcome and goodbye in one packet, the goodbye comes before the
 * borrower's listener, and an error that nobody listens to ends the process.
 */
function surviveBrokenConnections(pool: pg.Pool): void {
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
}

async function openEmbedded(settings: Settings, migrations: Migrations): Promise<Database> {
  const unlock = lockDirectory(settings.dataDirectory);
  let opened: { close(): Promise<void> } | null = null;
  try {
    const { PGlite } = await import('@electric-sql/pglite');
    const { createPgConfig } = await import('@electric-sql/pglite/node-postgres');
    const dataDir = join(settings.dataDirectory, 'database');
    if (!hasEmbeddedDatabase(dataDir)) await makeEmbeddedDatabase(dataDir);
    const pglite = await PGlite.create({
      dataDir,
      startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${EMBEDDED_BUFFERS}`],
    });
    opened = pglite;
    const extra = { ...createPgConfig(pglite), max: 1, connectionTimeoutMillis: 30_000 };
    await migrate({ extra }, migrations, settings.dataDirectory);
    await pglite.exec(`SET ROLE ${APP_ROLE}`);
    const dataSource = createDataSource({ extra });
    await dataSource.initialize();
    return {
      dataSource,
      embedded: true,
      systemPool: null,
      close: async () => {
        await dataSource.destroy();
        await pglite.close();
        unlock();
      },
    };
  } catch (error) {
    await opened?.close().catch(() => undefined);
    unlock();
    throw error;
  }
}

async function migrate(connection: PostgresConnection, migrations: Migrations, where: string): Promise<void> {
  const dataSource = new DataSource({ ...baseOptions(connection), migrations, migrationsTransactionMode: 'each' });
  try {
    await dataSource.initialize();
  } catch (cause) {
    throw new SettingsError([connectionAdvice(cause, where)]);
  }
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    for (const statement of ROLE_STATEMENTS) await runner.query(statement);
    await new MigrationRun(dataSource, runner).finish();
    await checkOrgProtection(runner);
  } catch (cause) {
    if (cause instanceof SettingsError) throw cause;
    throw new SettingsError([`Migrating the database failed: ${(cause as Error).message}. Nothing was half written.`]);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
    await dataSource.destroy();
  }
}

/** All pending migrations on the one connection that holds the lock (TypeORM's own runner would ask for a second). */
class MigrationRun {
  constructor(
    private readonly dataSource: DataSource,
    private readonly runner: ReturnType<DataSource['createQueryRunner']>,
  ) {}

  async finish(): Promise<void> {
    await this.runner.query(
      'CREATE TABLE IF NOT EXISTS "migration" ("name" text NOT NULL, "run_at" timestamptz NOT NULL DEFAULT now(), CONSTRAINT "migration_pkey" PRIMARY KEY ("name"))',
    );
    const rows = (await this.runner.query('SELECT name FROM migration')) as { name: string }[];
    const done = new Set(rows.map(({ name }) => name));
    for (const migration of this.dataSource.migrations) {
      const name = migration.name ?? migration.constructor.name;
      if (done.has(name)) continue;
      await this.runner.startTransaction();
      try {
        await migration.up(this.runner);
        await this.runner.query('INSERT INTO migration (name) VALUES ($1)', [name]);
        await this.runner.commitTransaction();
      } catch (error) {
        await this.runner.rollbackTransaction();
        throw error;
      }
    }
  }
}

function createDataSource(connection: PostgresConnection): DataSource {
  return new DataSource({
    ...baseOptions(connection),
    // Every entity class that was imported: a new one enters by being written.
    entities: getMetadataArgsStorage().tables.map(({ target }) => target),
  });
}

function baseOptions(connection: PostgresConnection): DataSourceOptions {
  return {
    type: 'postgres',
    ...connection,
    namingStrategy: new SnakeCaseNames(),
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    synchronize: false,
    logging: false,
  };
}

function connectionAdvice(cause: unknown, where: string): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  const place = where.replace(/\/\/([^:@/]*):[^@/]*@/, '//$1:***@');
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return `No database answers at ${place} (${code}). Start it or mend DATABASE_URL; unset it to use the embedded database.`;
    case '28P01':
    case '28000':
      return `The database at ${place} refuses the user or password. Mend DATABASE_URL.`;
    case '3D000':
      return `The database named in ${place} does not exist. Make it with createdb, or mend DATABASE_URL.`;
    default:
      return `The database at ${place} cannot be opened: ${message}`;
  }
}
