import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import { OrgContext, OrgDatabase, OrgScopedRepository } from '#tenancy';
import { AgentVersion } from './agent-version.entity.js';

/** A version as the history shows it: with the name of who published it, which only `user` knows. */
export interface VersionRecord {
  readonly id: string;
  readonly number: number;
  readonly note: string;
  readonly graphHash: string;
  readonly createdAt: Date;
  /** Null once that person's account is deleted. */
  readonly createdBy: { readonly id: string; readonly name: string } | null;
}

@Injectable()
export class AgentVersionsReadModel extends OrgScopedRepository<AgentVersion> {
  constructor(database: OrgDatabase) {
    super(database, AgentVersion);
  }

  async findByNumber(agentId: string, number: number): Promise<VersionRecord | null> {
    if (!isId(agentId)) return null;
    const [record] = await this.statement<VersionRecord>(`${SELECT} AND v.number = $3`, [
      OrgContext.require(),
      agentId,
      number,
    ]);
    return record ?? null;
  }

  /** Newest first; one row more than `limit` when there are more. */
  listPage(agentId: string, belowNumber: number | null, limit: number): Promise<VersionRecord[]> {
    return this.statement<VersionRecord>(
      `${SELECT} AND ($3::integer IS NULL OR v.number < $3) ORDER BY v.number DESC LIMIT $4`,
      [OrgContext.require(), agentId, belowNumber, limit + 1],
    );
  }

  /** Agents in use whose newest version was published with the prompt, by name; its id stands in their nodes. */
  findAgentsWithPrompt(promptId: string, limit: number): Promise<{ id: string; name: string }[]> {
    return this.statement<{ id: string; name: string }>(
      `SELECT a.id, a.name
         FROM agent a
         JOIN agent_version v ON v.org_id = a.org_id AND v.agent_id = a.id AND v.number = a.published_version
        WHERE a.org_id = $1 AND a.archived_at IS NULL
          AND EXISTS (SELECT FROM agent_node n
                       WHERE n.org_id = v.org_id AND n.version_id = v.id
                         AND n.config::text LIKE '%"promptRef"%' AND strpos(n.config::text, $2) > 0)
        ORDER BY a.name, a.id LIMIT $3`,
      [OrgContext.require(), promptId, limit],
    );
  }
}

const SELECT = `SELECT v.id, v.number, v.note, v.graph_hash AS "graphHash", v.created_at AS "createdAt",
       CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS "createdBy"
  FROM agent_version v
  LEFT JOIN "user" u ON u.id = v.created_by_user_id
 WHERE v.org_id = $1 AND v.agent_id = $2`;
