import { Injectable } from '@nestjs/common';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { AgentEdge } from './agent-edge.entity.js';

@Injectable()
export class AgentEdgesRepository extends OrgScopedRepository<AgentEdge> {
  constructor(database: OrgDatabase) {
    super(database, AgentEdge);
  }

  async addAll(edges: readonly Partial<AgentEdge>[]): Promise<void> {
    await this.insertRows(edges);
  }

  findByVersion(versionId: string): Promise<AgentEdge[]> {
    return this.findMany({ where: { versionId } });
  }
}
