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
}

const SELECT = `SELECT v.id, v.number, v.note, v.graph_hash AS "graphHash", v.created_at AS "createdAt",
       CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS "createdBy"
  FROM agent_version v
  LEFT JOIN "user" u ON u.id = v.created_by_user_id
 WHERE v.org_id = $1 AND v.agent_id = $2`;
