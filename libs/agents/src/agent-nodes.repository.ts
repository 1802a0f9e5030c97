import { Injectable } from '@nestjs/common';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { AgentNode } from './agent-node.entity.js';

@Injectable()
export class AgentNodesRepository extends OrgScopedRepository<AgentNode> {
  constructor(database: OrgDatabase) {
    super(database, AgentNode);
  }

  async addAll(nodes: readonly Partial<AgentNode>[]): Promise<void> {
    await this.insertRows(nodes);
  }

  findByVersion(versionId: string): Promise<AgentNode[]> {
    return this.findMany({ where: { versionId } });
  }
}
