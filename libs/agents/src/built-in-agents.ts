import { type Graph, hashGraph } from '#kernel';
import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import { AgentVersionsRepository } from './agent-versions.repository.js';
import { AgentsRepository } from './agents.repository.js';

/** One model call as a whole run. */
const DIRECT_CALL = 'direct-call';

const GRAPH: Graph = {
  nodes: [
    { id: 'start', kind: 'start', config: {} },
    { id: 'model', kind: 'direct-call', config: {} },
    { id: 'output', kind: 'output', config: { expression: 'steps.model' } },
  ],
  edges: [
    { from: 'start', to: 'model' },
    { from: 'model', to: 'output' },
  ],
};

/**
 * Agents that we bring along ourselves, made in an organisation when it first needs one: so what they do is recorded,
 * limited and paid for like every other run.
 */
@Injectable()
export class BuiltInAgents {
  private readonly known = new Map<string, string>();

  constructor(
    private readonly agents: AgentsRepository,
    private readonly versions: AgentVersionsRepository,
    private readonly database: OrgDatabase,
  ) {}

  /** Id of the agent whose run is one model call. */
  async directCall(): Promise<string> {
    const orgId = OrgContext.require();
    const known = this.known.get(orgId);
    if (known !== undefined) return known;
    const id = (await this.agents.findBuiltIn(DIRECT_CALL))?.id ?? (await this.add(orgId));
    this.database.afterCommit(() => this.known.set(orgId, id));
    return id;
  }

  private add(orgId: string): Promise<string> {
    return this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`built-in agent ${orgId}`]);
      const earlier = await this.agents.findBuiltIn(DIRECT_CALL);
      if (earlier) return earlier.id;
      const hash = hashGraph(GRAPH);
      const { id } = await this.agents.add({
        name: 'Direct model calls',
        description: 'What clients ask models directly, past every agent.',
        draft: { nodes: [], edges: [] },
        draftHash: hash,
        createdByUserId: null,
        builtIn: DIRECT_CALL,
      });
      await this.versions.add({ agentId: id, number: 1, note: '', graphHash: hash, createdByUserId: null }, GRAPH);
      await this.agents.recordPublication(id, 1, hash);
      return id;
    });
  }
}
