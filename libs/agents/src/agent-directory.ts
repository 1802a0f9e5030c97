import { Injectable } from '@nestjs/common';
import { agentNotFound } from './agents.errors.js';
import type { Graph } from '#kernel';
import { AgentVersions } from './agent-versions.js';
import { AgentsRepository } from './agents.repository.js';
import { type CallableAgent, CallableAgentsReadModel } from './callable-agents.read-model.js';
import { type ChatSettings, chatSettingsOf } from './chat-settings.js';

/** An agent as somebody sees who wants to talk to it. */
export interface ListedAgent {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly createdAt: Date;
}

/** Finds agents for those who talk to them and for those who call them. */
@Injectable()
export class AgentDirectory {
  constructor(
    private readonly agents: AgentsRepository,
    private readonly versions: AgentVersions,
    private readonly callables: CallableAgentsReadModel,
  ) {}

  /** @throws AppError not found */
  async bySlug(slug: string): Promise<ListedAgent> {
    const agent = await this.agents.findBySlug(slug);
    if (!agent || agent.builtIn !== null) throw agentNotFound();
    return agent;
  }

  /** Published ones in use, by slug. */
  published(limit: number): Promise<readonly ListedAgent[]> {
    return this.agents.findPublished(limit);
  }

  /** Those that can be called as functions, by slug, after `afterSlug`; one more than `limit` when there are more. */
  callable(afterSlug: string | null, limit: number): Promise<readonly CallableAgent[]> {
    return this.callables.listPage(afterSlug, limit);
  }

  /** Null when there is no such agent, or none that can be called as a function. */
  findCallable(slug: string): Promise<CallableAgent | null> {
    return this.callables.findBySlug(slug);
  }

  /** The graph that a turn would walk now. @throws AppError not found · archived · not published */
  async runnableGraph(id: string, version: number | null): Promise<Graph> {
    const { versionId } = await this.versions.resolve(id, version ?? undefined);
    return this.versions.graphByVersion(versionId);
  }

  /** @throws AppError not found · archived · not published, when a turn could not be run now */
  async assertRuns(id: string, version: number | null): Promise<void> {
    await this.versions.resolve(id, version ?? undefined);
  }

  /** How conversations with the agent are held. @throws AppError not found */
  async chatSettings(id: string): Promise<ChatSettings> {
    const agent = await this.agents.findById(id);
    if (!agent) throw agentNotFound();
    return chatSettingsOf(agent.chat);
  }
}
