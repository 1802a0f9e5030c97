import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '#auth';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { Agent } from './agent.entity.js';
import { AgentVersions } from './agent-versions.js';
import type { ChatSettings } from './chat-settings.js';
import { agentArchived, agentChanged, agentNotFound, graphInvalid, slugTaken } from './agents.errors.js';
import { type AgentFilter, AgentsRepository } from './agents.repository.js';
import { GraphChecker } from './graph-checker.js';
import { readGraphDocument } from './graph-document.js';
import { withoutPins } from './prompt-references.js';
import { STARTER_GRAPH } from './starter-graph.js';

export const MAX_AGENT_NAME_LENGTH = 120;

export interface NewAgent {
  readonly name: string;
  readonly description?: string;
  /** The first draft, which must be right; a small working one when absent. */
  readonly graph?: unknown;
}

/** What is absent stays as it is. */
export interface AgentPatch {
  readonly name?: string;
  readonly description?: string;
  readonly slug?: string;
  readonly chat?: Partial<ChatSettings>;
  readonly maxConcurrentRuns?: number | null;
}

/** The agent itself: what it is called, and whether it is still in use. */
@Injectable()
export class AgentsService {
  constructor(
    private readonly agents: AgentsRepository,
    private readonly versions: AgentVersions,
    private readonly database: OrgDatabase,
    private readonly cursors: CursorCodec,
    private readonly graphs: GraphChecker,
  ) {}

  /** @throws AppError `agent.graph_invalid` with pointers below `/graph` */
  async create({ name, description = '', graph = STARTER_GRAPH }: NewAgent): Promise<Agent> {
    const draft = withoutPins(readGraphDocument(graph, '/graph'));
    const { problems, hash } = await this.graphs.check(draft);
    if (problems.length > 0) throw graphInvalid(problems, '/graph');
    return this.agents.add({ name, description, draft, draftHash: hash, createdByUserId: currentPrincipal().userId });
  }

  async list(filter: AgentFilter, page: { limit: number; cursor?: string }): Promise<Page<Agent>> {
    const list = `agents:${OrgContext.require()}`;
    const after = page.cursor === undefined ? null : this.cursors.decode(list, page.cursor);
    const rows = await this.agents.listPage(filter, after, page.limit);
    const listed = this.cursors.page(list, rows, page.limit, ({ agent, at }) => ({ at, id: agent.id }));
    return { ...listed, data: listed.data.map(({ agent }) => agent) };
  }

  async get(id: string): Promise<Agent> {
    const agent = await this.agents.findById(id);
    if (!agent) throw agentNotFound();
    return agent;
  }

  /** @param expectedRevision the revision that the change was made from; null to change whatever there is */
  update(id: string, patch: AgentPatch, expectedRevision: number | null): Promise<Agent> {
    return this.changeLocked(id, async (agent) => {
      if (agent.archivedAt) throw agentArchived(agent.name);
      if (expectedRevision !== null && expectedRevision !== agent.revision) throw agentChanged('agent', agent.revision);
      if (patch.slug !== undefined && patch.slug !== agent.slug && (await this.agents.findBySlug(patch.slug)))
        throw slugTaken(patch.slug);
      await this.agents.change(id, {
        slug: patch.slug ?? agent.slug,
        chat: { ...agent.chat, ...given(patch.chat) },
        name: patch.name ?? agent.name,
        description: patch.description ?? agent.description,
        maxConcurrentRuns: patch.maxConcurrentRuns === undefined ? agent.maxConcurrentRuns : patch.maxConcurrentRuns,
      });
    });
  }

  /** Keeps everything and refuses new runs. Archiving twice is archiving once. */
  async archive(id: string): Promise<void> {
    await this.changeLocked(id, async (agent) => {
      if (!agent.archivedAt) await this.agents.change(id, { archivedAt: new Date() });
    });
  }

  unarchive(id: string): Promise<Agent> {
    return this.changeLocked(id, async (agent) => {
      if (agent.archivedAt) await this.agents.change(id, { archivedAt: null });
    });
  }

  /** A new, unpublished agent with the same draft, right or wrong. */
  async duplicate(id: string, name?: string): Promise<Agent> {
    const original = await this.agents.findWithDraft(id);
    if (!original) throw agentNotFound();
    const { description, draft, draftHash } = original;
    return this.agents.add({
      name: name ?? copyName(original.name),
      description,
      draft,
      draftHash,
      createdByUserId: currentPrincipal().userId,
    });
  }

  /** Starts must see the new name and state at once, hence `forget`. */
  private changeLocked(id: string, change: (agent: Agent) => Promise<void>): Promise<Agent> {
    return this.database.transaction(async () => {
      const agent = await this.agents.lockWithDraft(id);
      if (!agent) throw agentNotFound();
      await change(agent);
      this.database.afterCommit(() => this.versions.forget(id));
      return this.get(id);
    });
  }
}

/** Without what was left out: a request body has its absent fields as `undefined`. */
function given(chat: Partial<ChatSettings> = {}): Partial<ChatSettings> {
  return Object.fromEntries(Object.entries(chat).filter(([, value]) => value !== undefined));
}

const COPY = ' (copy)';

function copyName(name: string): string {
  return `${name.slice(0, MAX_AGENT_NAME_LENGTH - COPY.length).trimEnd()}${COPY}`;
}
