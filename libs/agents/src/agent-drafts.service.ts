import { Injectable } from '@nestjs/common';
import type { Problem } from '#kernel';
import { OrgDatabase } from '#tenancy';
import type { Agent } from './agent.entity.js';
import { AgentHistoryService } from './agent-history.service.js';
import { agentArchived, agentChanged, agentNotFound, DraftProblemsError } from './agents.errors.js';
import { AgentsRepository } from './agents.repository.js';
import { GraphChecker } from './graph-checker.js';
import { type GraphDocument, readGraphDocument } from './graph-document.js';
import { isRecord } from './is-record.js';
import { withoutPins } from './prompt-references.js';

/** A draft and what is wrong with it. */
export interface CheckedDraft {
  /** Read with its draft. */
  readonly agent: Agent;
  readonly problems: readonly Problem[];
}

/** The one graph of an agent that people edit. It may be wrong for as long as they need. */
@Injectable()
export class AgentDraftsService {
  constructor(
    private readonly agents: AgentsRepository,
    private readonly history: AgentHistoryService,
    private readonly database: OrgDatabase,
    private readonly graphs: GraphChecker,
  ) {}

  async get(agentId: string): Promise<CheckedDraft> {
    const agent = await this.agents.findWithDraft(agentId);
    if (!agent) throw agentNotFound();
    const { problems } = await this.graphs.check(agent.draft);
    return { agent, problems };
  }

  /**
   * Keeps the graph, and says so even when it is wrong: nobody's work is lost because it is unfinished.
   * @param expectedRevision the revision that was edited; null to overwrite whatever there is
   * @throws DraftProblemsError after it was saved; AppError `agent.draft.changed`, `agent.archived`, `agent.not_a_graph`
   */
  async save(agentId: string, graph: unknown, expectedRevision: number | null): Promise<CheckedDraft> {
    const document = withoutPins(readGraphDocument(graph));
    const draft = await this.replace(agentId, expectedRevision, () => Promise.resolve(document));
    if (draft.problems.length > 0) throw new DraftProblemsError(draft.agent.draftRevision, draft.problems);
    return draft;
  }

  /** Makes the graph of an earlier version the draft; what the draft was is gone. */
  restore(agentId: string, number: number, expectedRevision: number | null): Promise<CheckedDraft> {
    return this.replace(agentId, expectedRevision, async () =>
      withoutPins((await this.history.get(agentId, number)).graph, { keepVersions: true }),
    );
  }

  /** What is wrong with this graph, or with the draft when none is given (`undefined` or `{}`). Nothing is kept. */
  async validate(agentId: string, graph: unknown): Promise<readonly Problem[]> {
    const draft = await this.get(agentId);
    return isGiven(graph) ? (await this.graphs.check(readGraphDocument(graph))).problems : draft.problems;
  }

  /** One transaction that other changes of the agent wait for; `read` gives the new graph inside of it. */
  private replace(
    agentId: string,
    expectedRevision: number | null,
    read: () => Promise<GraphDocument>,
  ): Promise<CheckedDraft> {
    return this.database.transaction(async () => {
      const agent = await this.agents.lockWithDraft(agentId);
      if (!agent) throw agentNotFound();
      if (agent.archivedAt) throw agentArchived(agent.name);
      if (expectedRevision !== null && expectedRevision !== agent.draftRevision)
        throw agentChanged('draft', agent.draftRevision);
      const draft = await read();
      const { problems, hash } = await this.graphs.check(draft);
      await this.agents.saveDraft(agentId, { draft, draftHash: hash });
      const saved = await this.agents.findWithDraft(agentId);
      if (!saved) throw agentNotFound();
      return { agent: saved, problems };
    });
  }
}

function isGiven(graph: unknown): boolean {
  return graph !== undefined && !(isRecord(graph) && Object.keys(graph).length === 0);
}
