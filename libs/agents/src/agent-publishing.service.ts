import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '#auth';
import { OrgDatabase } from '#tenancy';
import { AgentHistoryService, type VersionWithGraph } from './agent-history.service.js';
import { AgentPublications } from './agent-publications.js';
import { agentArchived, agentNotFound, graphInvalid, nothingToPublish } from './agents.errors.js';
import { AgentsRepository } from './agents.repository.js';
import { GraphChecker } from './graph-checker.js';

/** Makes a version of a draft, checked once and unchangeable from then on. */
@Injectable()
export class AgentPublishingService {
  constructor(
    private readonly agents: AgentsRepository,
    private readonly history: AgentHistoryService,
    private readonly publications: AgentPublications,
    private readonly database: OrgDatabase,
    private readonly graphs: GraphChecker,
  ) {}

  /**
   * The lock on the agent makes numbers gapless, and what is checked the same as what is published.
   * @throws AppError `agent.graph_invalid` with pointers into the draft, `agent.nothing_to_publish`, `agent.archived`
   */
  publish(agentId: string, note = ''): Promise<VersionWithGraph> {
    return this.database.transaction(async () => {
      const agent = await this.agents.lockWithDraft(agentId);
      if (!agent) throw agentNotFound();
      if (agent.archivedAt) throw agentArchived(agent.name);
      const { graph, problems, hash } = await this.graphs.check(agent.draft);
      if (!graph) throw graphInvalid(problems);
      if (agent.publishedVersion !== null && agent.publishedHash === hash)
        throw nothingToPublish(agent.publishedVersion);

      const number = (agent.publishedVersion ?? 0) + 1;
      const createdByUserId = currentPrincipal().userId;
      await this.history.add({ agentId, number, note, graphHash: hash, createdByUserId }, graph);
      await this.agents.recordPublication(agentId, number, hash);
      await this.publications.follow({ agentId, agentName: agent.name, version: number, note });
      return this.history.get(agentId, number);
    });
  }
}
