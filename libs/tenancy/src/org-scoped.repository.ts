import {
  type DeepPartial,
  type EntityManager,
  type EntityTarget,
  type FindManyOptions,
  type FindOneOptions,
  type FindOptionsWhere,
  type Repository,
  type SelectQueryBuilder,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { currentAmbient } from '#platform/context';
import { OrgContext } from './org-context.js';
import type { OrgDatabase } from './org-database.js';
import type { OrgOwned } from './org-scoped.entity.js';

/** Postgres takes at most 65,535 parameters a statement. */
const ROWS_PER_STATEMENT = 1_000;

type Where<E> = FindOptionsWhere<E> | FindOptionsWhere<E>[];

/**
 * Base of every repository of rows with an organisation: each statement carries the ambient organisation as a filter
 * and runs in its transaction. Subclasses name their queries after the question and build them from these parts.
 */
export abstract class OrgScopedRepository<E extends OrgOwned> {
  protected constructor(
    protected readonly database: OrgDatabase,
    private readonly entity: EntityTarget<E>,
  ) {}

  protected findMany(options: FindManyOptions<E> = {}): Promise<E[]> {
    return this.rows((rows) => rows.find({ ...options, where: this.mine(options.where) }));
  }

  protected findFirst(where: Where<E>, options: Omit<FindOneOptions<E>, 'where'> = {}): Promise<E | null> {
    return this.rows((rows) => rows.findOne({ ...options, where: this.mine(where) }));
  }

  protected countRows(where: Where<E> = {}): Promise<number> {
    return this.rows((rows) => rows.count({ where: this.mine(where) }));
  }

  /** Inserts one row and returns it with id, organisation and database defaults filled in. */
  protected insertRow(values: DeepPartial<E>): Promise<E> {
    return this.rows(async (rows) => {
      const row = rows.create(values);
      await rows.insert(row as unknown as QueryDeepPartialEntity<E>);
      return row;
    });
  }

  /** Inserts many rows, each stamped like a single one, with few statements. */
  protected async insertRows(values: readonly DeepPartial<E>[]): Promise<void> {
    await this.database.transaction(async (manager) => {
      const rows = manager.getRepository(this.entity);
      for (let start = 0; start < values.length; start += ROWS_PER_STATEMENT) {
        const some = values.slice(start, start + ROWS_PER_STATEMENT).map((each) => rows.create(each));
        await rows.insert(some as unknown as QueryDeepPartialEntity<E>[]);
      }
    });
  }

  /** @returns the number of rows that were changed */
  protected updateRows(where: FindOptionsWhere<E>, patch: QueryDeepPartialEntity<E>): Promise<number> {
    if ('orgId' in patch || 'id' in patch) throw new Error('Neither id nor organisation of a row ever changes.');
    return this.rows(async (rows) => (await rows.update(this.mine(where) as FindOptionsWhere<E>, patch)).affected ?? 0);
  }

  /** @returns the number of rows that were deleted */
  protected deleteRows(where: FindOptionsWhere<E>): Promise<number> {
    return this.rows(async (rows) => (await rows.delete(this.mine(where) as FindOptionsWhere<E>)).affected ?? 0);
  }

  /** A select that is already filtered; `build` adds to it with `andWhere`, never `where`. */
  protected select<T>(alias: string, build: (query: SelectQueryBuilder<E>) => Promise<T>): Promise<T> {
    return this.rows((rows) => {
      const query = rows.createQueryBuilder(alias);
      const orgId = this.filter();
      return build(orgId === undefined ? query : query.where(`${alias}.orgId = :orgId`, { orgId }));
    });
  }

  /** Plain SQL in the organisation's transaction; the statement must name `org_id` itself. */
  protected statement<R>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    return this.database.transaction(async (manager) => manager.query<R[]>(sql, parameters));
  }

  private rows<T>(work: (rows: Repository<E>, manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction((manager) => work(manager.getRepository(this.entity), manager));
  }

  private mine(where: Where<E> = {}): Where<E> {
    const orgId = this.filter();
    if (orgId === undefined) return where;
    if (!Array.isArray(where)) return { ...where, orgId };
    // TypeORM takes no alternatives at all for no condition at all.
    return where.length === 0 ? [{ orgId } as FindOptionsWhere<E>] : where.map((part) => ({ ...part, orgId }));
  }

  /** Undefined only inside `acrossOrgs`. */
  protected filter(): string | undefined {
    return currentAmbient()?.acrossOrgs === undefined ? OrgContext.require() : undefined;
  }
}
