import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import type { Cursor } from '#platform/http';
import { OrgContext, OrgDatabase, OrgScopedRepository } from '#tenancy';
import { Agent } from './agent.entity.js';
import type { GraphDocument } from './graph-document.js';

export interface AgentFilter {
  readonly archived: boolean;
  /** Part of the name, in any case. */
  readonly search?: string;
}

/** An agent of a list, with its exact place in it. */
export interface ListedAgent {
  readonly agent: Agent;
  readonly at: string;
}

/** The new state of a draft, as it is kept. */
export interface DraftValues {
  readonly draft: GraphDocument;
  readonly draftHash: string;
}

@Injectable()
export class AgentsRepository extends OrgScopedRepository<Agent> {
  constructor(database: OrgDatabase) {
    super(database, Agent);
  }

  add(values: Pick<Agent, 'name' | 'description' | 'draft' | 'draftHash' | 'createdByUserId'>): Promise<Agent> {
    return this.insertRow({ ...values, publishedVersion: null, publishedHash: null, archivedAt: null });
  }

  findById(id: string): Promise<Agent | null> {
    return isId(id) ? this.findFirst({ id }) : Promise.resolve(null);
  }

  async findWithDraft(id: string): Promise<Agent | null> {
    if (!isId(id)) return null;
    return this.select('agent', (query) => query.addSelect('agent.draft').andWhere('agent.id = :id', { id }).getOne());
  }

  /** Whoever wants to change the same agent waits until the open transaction has ended. */
  async lockWithDraft(id: string): Promise<Agent | null> {
    if (!isId(id)) return null;
    return this.select('agent', (query) =>
      query.addSelect('agent.draft').andWhere('agent.id = :id', { id }).setLock('pessimistic_write').getOne(),
    );
  }

  /** Newest first; one row more than `limit` when there are more. */
  listPage({ archived, search }: AgentFilter, after: Cursor | null, limit: number): Promise<ListedAgent[]> {
    return this.select('agent', async (query) => {
      query
        .addSelect('agent.created_at::text', 'at')
        .andWhere(`agent.archived_at IS ${archived ? 'NOT NULL' : 'NULL'}`);
      if (search) query.andWhere('agent.name ILIKE :search', { search: `%${escapeLike(search)}%` });
      if (after) query.andWhere('(agent.created_at, agent.id) < (:at::timestamptz, :id::uuid)', after);
      query
        .orderBy('agent.createdAt', 'DESC')
        .addOrderBy('agent.id', 'DESC')
        .limit(limit + 1);
      const { entities, raw } = await query.getRawAndEntities<{ at: string }>();
      return entities.map((agent, index) => ({ agent, at: raw[index]?.at ?? '' }));
    });
  }

  /** Changes what the agent's ETag stands for. */
  async change(
    id: string,
    patch: Partial<Pick<Agent, 'name' | 'description' | 'maxConcurrentRuns' | 'archivedAt'>>,
  ): Promise<void> {
    await this.updateRows({ id }, { ...patch, revision: () => 'revision + 1', updatedAt: () => 'now()' });
  }

  async saveDraft(id: string, { draft, draftHash }: DraftValues): Promise<void> {
    await this.statement(
      `UPDATE agent SET draft = $3, draft_hash = $4, draft_revision = draft_revision + 1, draft_updated_at = now()
        WHERE org_id = $1 AND id = $2`,
      [OrgContext.require(), id, JSON.stringify(draft), draftHash],
    );
  }

  async recordPublication(id: string, publishedVersion: number, publishedHash: string): Promise<void> {
    await this.updateRows(
      { id },
      { publishedVersion, publishedHash, draftHash: publishedHash, updatedAt: () => 'now()' },
    );
  }
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (special) => `\\${special}`);
}
