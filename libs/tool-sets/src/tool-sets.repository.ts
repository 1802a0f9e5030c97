import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { isId } from '#platform/ids';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { ToolSet } from './tool-set.entity.js';
import { toolSetNameTaken } from './tool-sets.errors.js';

type Values = Pick<
  ToolSet,
  | 'name'
  | 'slug'
  | 'kind'
  | 'url'
  | 'credentialId'
  | 'settings'
  | 'status'
  | 'lastError'
  | 'leftOut'
  | 'checkedAt'
  | 'createdByUserId'
>;

type Changes = Partial<Omit<Values, 'slug' | 'kind' | 'url' | 'createdByUserId'>>;

/** A set by which a process knows whether what it remembers still holds. */
export interface SetRevision {
  readonly id: string;
  readonly revision: number;
}

@Injectable()
export class ToolSetsRepository extends OrgScopedRepository<ToolSet> {
  constructor(database: OrgDatabase) {
    super(database, ToolSet);
  }

  /** By name. */
  list(): Promise<ToolSet[]> {
    return this.findMany({ order: { name: 'ASC', id: 'ASC' } });
  }

  find(id: string): Promise<ToolSet | null> {
    return isId(id) ? this.findFirst({ id }) : Promise.resolve(null);
  }

  findRevisions(): Promise<SetRevision[]> {
    return this.statement('SELECT id, revision FROM tool_set WHERE org_id = $1 ORDER BY name, id', [this.filter()]);
  }

  async findRevision(slug: string): Promise<SetRevision | null> {
    const rows = await this.statement<SetRevision>(
      'SELECT id, revision FROM tool_set WHERE org_id = $1 AND slug = $2',
      [this.filter(), slug],
    );
    return rows[0] ?? null;
  }

  async findSlugs(): Promise<ReadonlySet<string>> {
    const rows = await this.statement<{ slug: string }>('SELECT slug FROM tool_set WHERE org_id = $1', [this.filter()]);
    return new Set(rows.map(({ slug }) => slug));
  }

  /** Whoever wants to change the same one waits until the open transaction has ended. */
  lock(id: string): Promise<ToolSet | null> {
    if (!isId(id)) return Promise.resolve(null);
    return this.select('s', (query) => query.andWhere('s.id = :id', { id }).setLock('pessimistic_write').getOne());
  }

  /** How many there are; nobody adds one until the open transaction has ended. */
  async countToAdd(): Promise<number> {
    await this.statement(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`tool_sets:${this.filter()}`]);
    return this.countRows();
  }

  /** @throws AppError tool_set.name_taken */
  add(id: string, values: Values): Promise<ToolSet> {
    return refuseTakenName(this.insertRow({ id, ...values }));
  }

  /** What processes remember of the set ends with it. @throws AppError tool_set.name_taken */
  async change(id: string, changes: Changes): Promise<void> {
    const values = changes as QueryDeepPartialEntity<ToolSet>;
    await refuseTakenName(
      this.updateRows({ id }, { ...values, revision: () => 'revision + 1', updatedAt: () => 'now()' }),
    );
  }

  async remove(id: string): Promise<void> {
    await this.deleteRows({ id });
  }
}

async function refuseTakenName<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof QueryFailedError) {
      const { code, constraint = '' } = error.driverError as { code?: string; constraint?: string };
      if (code === '23505' && /^tool_set_org_id_(name|slug)_key$/.test(constraint)) throw toolSetNameTaken();
    }
    throw error;
  }
}
