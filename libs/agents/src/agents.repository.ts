import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import type { Cursor } from '#platform/http';
import { OrgContext, OrgDatabase, OrgScopedRepository } from '#tenancy';
import { distinctSlugOfAgent, slugOfAgent } from './agent-slug.js';
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

type NewAgentRow = Pick<Agent, 'name' | 'description' | 'draft' | 'draftHash' | 'createdByUserId'> &
  Partial<Pick<Agent, 'builtIn'>>;

@Injectable()
export class AgentsRepository extends OrgScopedRepository<Agent> {
  constructor(database: OrgDatabase) {
    super(database, Agent);
  }

  /** With a slug of its own, made of the name. */
  add({ builtIn = null, ...values }: NewAgentRow): Promise<Agent> {
    return this.database.transaction(async () => {
      const slug = await this.freeSlug(values.name);
      return this.insertRow({
        ...values,
        slug,
        chat: {},
        builtIn,
        publishedVersion: null,
        publishedHash: null,
        archivedAt: null,
      });
    });
  }

  /** Whoever wants the same one waits until the open transaction has ended. */
  private async freeSlug(name: string): Promise<string> {
    const slug = slugOfAgent(name);
    const lock = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';
    await this.statement(lock, [`agent slug ${OrgContext.require()} ${slug}`]);
    return (await this.findBySlug(slug)) === null ? slug : distinctSlugOfAgent(name);
  }

  findBySlug(slug: string): Promise<Agent | null> {
    return this.findFirst({ slug });
  }

  /** Those that a client may talk to, by slug. */
  findPublished(limit: number): Promise<Agent[]> {
    return this.select('agent', (query) =>
      query
        .andWhere('agent.published_version IS NOT NULL AND agent.archived_at IS NULL AND agent.built_in IS NULL')
        .orderBy('agent.slug')
        .limit(limit)
        .getMany(),
    );
  }

  findBuiltIn(builtIn: string): Promise<Agent | null> {
    return this.findFirst({ builtIn });
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
        .andWhere(`agent.archived_at IS ${archived ? 'NOT NULL' : 'NULL'}`)
        .andWhere('agent.built_in IS NULL');
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
    patch: Partial<Pick<Agent, 'name' | 'description' | 'slug' | 'chat' | 'maxConcurrentRuns' | 'archivedAt'>>,
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
