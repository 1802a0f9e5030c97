import { Injectable } from '@nestjs/common';
import type { Graph } from '#kernel';
import { AgentEdgesRepository } from './agent-edges.repository.js';
import { AgentNodesRepository } from './agent-nodes.repository.js';
import { fromRows, toRows } from './graph-rows.js';

/** The graphs of versions, put together from their rows. */
@Injectable()
export class VersionGraphsRepository {
  constructor(
    private readonly nodes: AgentNodesRepository,
    private readonly edges: AgentEdgesRepository,
  ) {}

  async add(versionId: string, graph: Graph): Promise<void> {
    const rows = toRows(versionId, graph);
    await this.nodes.addAll(rows.nodes);
    await this.edges.addAll(rows.edges);
  }

  /** Null when the organisation has no such version: every published graph has at least one node. */
  async findByVersion(versionId: string): Promise<Graph | null> {
    const nodes = await this.nodes.findByVersion(versionId);
    if (nodes.length === 0) return null;
    return fromRows(nodes, await this.edges.findByVersion(versionId));
  }
}
