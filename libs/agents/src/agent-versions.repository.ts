import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import type { Graph } from '#kernel';
import { OrgContext, OrgDatabase, OrgScopedRepository } from '#tenancy';
import { AgentVersion } from './agent-version.entity.js';
import { VersionGraphsRepository } from './version-graphs.repository.js';

/** What a start needs to know: the agent, and the version that it would run. */
export interface RunnableVersion {
  readonly agentName: string;
  readonly archived: boolean;
  readonly publishedVersion: number | null;
  /** Null when there is no such version. */
  readonly versionId: string | null;
  readonly number: number | null;
}

export type NewVersion = Pick<AgentVersion, 'agentId' | 'number' | 'note' | 'graphHash' | 'createdByUserId'>;

@Injectable()
export class AgentVersionsRepository extends OrgScopedRepository<AgentVersion> {
  constructor(
    database: OrgDatabase,
    private readonly graphs: VersionGraphsRepository,
  ) {
    super(database, AgentVersion);
  }

  async add(values: NewVersion, graph: Graph): Promise<AgentVersion> {
    const version = await this.insertRow(values);
    await this.graphs.add(version.id, graph);
    return version;
  }

  /** Null when the organisation has no such version. */
  findGraph(versionId: string): Promise<Graph | null> {
    return this.graphs.findByVersion(versionId);
  }

  findByNumber(agentId: string, number: number): Promise<AgentVersion | null> {
    return isId(agentId) ? this.findFirst({ agentId, number }) : Promise.resolve(null);
  }

  /**
   * The hot question of every start, answered by two unique indexes in one statement.
   * @param number the pinned version, or null for the latest
   * @returns null when the organisation has no such agent
   */
  async findRunnable(agentId: string, number: number | null): Promise<RunnableVersion | null> {
    if (!isId(agentId)) return null;
    const [row] = await this.statement<RunnableVersion>(
      `SELECT a.name AS "agentName", a.archived_at IS NOT NULL AS archived, a.published_version AS "publishedVersion",
              v.id AS "versionId", v.number
         FROM agent a
         LEFT JOIN agent_version v
           ON v.org_id = a.org_id AND v.agent_id = a.id AND v.number = coalesce($3::integer, a.published_version)
        WHERE a.org_id = $1 AND a.id = $2`,
      [OrgContext.require(), agentId, number],
    );
    return row ?? null;
  }
}
