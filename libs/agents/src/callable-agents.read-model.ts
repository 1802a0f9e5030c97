import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase, OrgScopedRepository } from '#tenancy';
import { Agent } from './agent.entity.js';

/** An agent that can be called as a function: published, in use, and its input is an object with a schema. */
export interface CallableAgent {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  /** JSON Schema of its input as the start node of the published version has it; its type is `object`. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** Which agents other programs can call, with what they must be given; agent, version and start node in one question. */
@Injectable()
export class CallableAgentsReadModel extends OrgScopedRepository<Agent> {
  constructor(database: OrgDatabase) {
    super(database, Agent);
  }

  /** By slug, those after `afterSlug`; one row more than `limit` when there are more. */
  listPage(afterSlug: string | null, limit: number): Promise<CallableAgent[]> {
    return this.statement<CallableAgent>(`${SELECT} AND ($2::text IS NULL OR a.slug > $2) ORDER BY a.slug LIMIT $3`, [
      OrgContext.require(),
      afterSlug,
      limit + 1,
    ]);
  }

  async findBySlug(slug: string): Promise<CallableAgent | null> {
    const [agent] = await this.statement<CallableAgent>(`${SELECT} AND a.slug = $2`, [OrgContext.require(), slug]);
    return agent ?? null;
  }
}

const SELECT = `SELECT a.id, a.name, a.slug, a.description, n.config -> 'schema' AS "inputSchema"
  FROM agent a
  JOIN agent_version v ON v.org_id = a.org_id AND v.agent_id = a.id AND v.number = a.published_version
  JOIN agent_node n ON n.org_id = v.org_id AND n.version_id = v.id AND n.kind = 'start'
 WHERE a.org_id = $1 AND a.archived_at IS NULL AND a.built_in IS NULL AND n.config -> 'schema' ->> 'type' = 'object'`;
