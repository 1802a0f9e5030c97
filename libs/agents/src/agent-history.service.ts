import { Injectable } from '@nestjs/common';
import { diffGraphs, type Graph, type GraphDiff } from '#kernel';
import { CursorCodec, type Page } from '#platform/http';
import { PromptPins } from '#prompts';
import { OrgContext } from '#tenancy';
import { AgentVersionsReadModel, type VersionRecord } from './agent-versions.read-model.js';
import { AgentVersionsRepository, type NewVersion } from './agent-versions.repository.js';
import { agentNotFound, agentVersionNotFound } from './agents.errors.js';
import { AgentsRepository } from './agents.repository.js';
import { pinPrompts } from './prompt-references.js';

export interface VersionWithGraph extends VersionRecord {
  readonly graph: Graph;
}

/** A version, or the draft that may become the next one. */
export type DiffSide = number | 'draft';

export interface VersionDiff {
  readonly from: DiffSide;
  readonly to: DiffSide;
  readonly diff: GraphDiff;
}

/** What was published when, by whom, and what it changed. */
@Injectable()
export class AgentHistoryService {
  constructor(
    private readonly agents: AgentsRepository,
    private readonly versions: AgentVersionsRepository,
    private readonly readModel: AgentVersionsReadModel,
    private readonly cursors: CursorCodec,
    private readonly prompts: PromptPins,
  ) {}

  async list(agentId: string, page: { limit: number; cursor?: string }): Promise<Page<VersionRecord>> {
    if (!(await this.agents.findById(agentId))) throw agentNotFound();
    const list = `agent-versions:${OrgContext.require()}:${agentId}`;
    // Numbers say the order better than moments do: two publications may share one.
    const below = page.cursor === undefined ? null : Number(this.cursors.decode(list, page.cursor).at);
    const rows = await this.readModel.listPage(agentId, below, page.limit);
    return this.cursors.page(list, rows, page.limit, ({ id, number }) => ({ at: String(number), id }));
  }

  /** Enters a version that has been checked. */
  async add(version: NewVersion, graph: Graph): Promise<void> {
    await this.versions.add(version, graph);
  }

  async get(agentId: string, number: number): Promise<VersionWithGraph> {
    const record = await this.readModel.findByNumber(agentId, number);
    const graph = record && (await this.versions.findGraph(record.id));
    if (!graph) throw agentVersionNotFound();
    return { ...record, graph };
  }

  async diff(agentId: string, from: DiffSide, to: DiffSide): Promise<VersionDiff> {
    const before = await this.graphOf(agentId, from);
    const after = await this.graphOf(agentId, to);
    return { from, to, diff: diffGraphs(before, after) };
  }

  private async graphOf(agentId: string, side: DiffSide): Promise<Graph> {
    if (side !== 'draft') return (await this.get(agentId, side)).graph;
    const agent = await this.agents.findWithDraft(agentId);
    if (!agent) throw agentNotFound();
    // With the texts that publishing would take: otherwise every prompt of the library would seem to have changed.
    return (await pinPrompts(agent.draft, this.prompts)).document;
  }
}
