import { Injectable } from '@nestjs/common';
import { compilePlanInTurns, type Graph, type Plan } from '#kernel';
import { LruCache } from '#platform/cache';
import { LiveBus } from '#platform/events';
import { OrgContext } from '#tenancy';
import { agentsChannel } from './agents-channel.js';
import { AgentVersionsRepository, type RunnableVersion } from './agent-versions.repository.js';
import {
  agentArchived,
  agentNotFound,
  agentNotPublished,
  agentVersionNotFound,
  versionUnusable,
} from './agents.errors.js';
import { runnableKinds } from './node-kinds.js';
import { isVersionNumber } from './version-number.js';

/** A version that may be started, ready to run. */
export interface ResolvedVersion {
  readonly agentId: string;
  readonly agentName: string;
  readonly versionId: string;
  readonly version: number;
  readonly plan: Plan;
}

/** What is known of one agent for a moment, by version asked for. */
interface KnownAgent {
  readonly expiresAtMs: number;
  readonly versions: Map<number | null, RunnableVersion>;
}

/** How long a publication or archiving in another process may go unnoticed here. In this process it is never missed. */
const LOOKUP_TTL_MS = 1_000;
const MAX_KNOWN_AGENTS = 2_000;
const MAX_PLANS = 500;

/**
 * Finds what a start should run. Agents are looked up again every second; plans are compiled once, because versions
 * never change. Both caches are keyed by organisation, so an id of another one finds nothing here either.
 */
@Injectable()
export class AgentVersions {
  private readonly agents = new LruCache<KnownAgent>(MAX_KNOWN_AGENTS);
  private readonly plans = new LruCache<Plan>(MAX_PLANS);
  /** Raised by `forget`, so that an answer that was on its way at that moment is not kept. */
  private forgotten = 0;

  constructor(
    private readonly versions: AgentVersionsRepository,
    private readonly bus: LiveBus,
  ) {}

  /**
   * @param version the pinned version; the latest when absent
   * @throws AppError `agent.not_found`, `agent.archived`, `agent.not_published`, `agent_version.not_found`
   */
  async resolve(agentId: string, version?: number): Promise<ResolvedVersion> {
    if (version !== undefined && !isVersionNumber(version)) throw agentVersionNotFound();
    const found = await this.lookUp(agentId, version ?? null);
    if (found.archived) throw agentArchived(found.agentName);
    if (found.publishedVersion === null) throw agentNotPublished(found.agentName);
    if (found.versionId === null || found.number === null) throw agentVersionNotFound();
    return {
      agentId,
      agentName: found.agentName,
      versionId: found.versionId,
      version: found.number,
      plan: await this.planByVersionId(found.versionId),
    };
  }

  /** For a run that was accepted earlier: neither archiving nor a newer version matters to it. @throws AppError `agent_version.not_found` */
  async planByVersionId(versionId: string): Promise<Plan> {
    const key = `${OrgContext.require()}:${versionId}`;
    const known = this.plans.get(key);
    if (known) return known;
    const plan = await compile(await this.graphByVersion(versionId));
    this.plans.set(key, plan);
    return plan;
  }

  /** The graph of a version as it was published. @throws AppError `agent_version.not_found` */
  async graphByVersion(versionId: string): Promise<Graph> {
    const graph = await this.versions.findGraph(versionId);
    if (!graph) throw agentVersionNotFound();
    return graph;
  }

  /** The agent was published, renamed or archived: the next start looks it up, and whoever listens is told. Call it once that is committed. */
  forget(agentId: string): void {
    this.forgotten += 1;
    const orgId = OrgContext.require();
    this.agents.delete(`${orgId}:${agentId}`);
    this.bus.publish(agentsChannel(orgId), agentId);
  }

  private async lookUp(agentId: string, version: number | null): Promise<RunnableVersion> {
    const key = `${OrgContext.require()}:${agentId}`;
    const known = this.fresh(key)?.versions.get(version);
    if (known) return known;

    const { forgotten } = this;
    // Not shared with whoever asks meanwhile: waiting for a query of another request could wait for our own connection.
    const found = await this.versions.findRunnable(agentId, version);
    if (!found) throw agentNotFound();
    if (this.forgotten === forgotten) this.remember(key, version, found);
    return found;
  }

  private remember(key: string, version: number | null, found: RunnableVersion): void {
    const known = this.fresh(key) ?? { expiresAtMs: performance.now() + LOOKUP_TTL_MS, versions: new Map() };
    known.versions.set(version, found);
    this.agents.set(key, known);
  }

  private fresh(key: string): KnownAgent | undefined {
    const known = this.agents.get(key);
    return known && known.expiresAtMs > performance.now() ? known : undefined;
  }
}

async function compile(graph: Graph): Promise<Plan> {
  try {
    return await compilePlanInTurns(graph, runnableKinds);
  } catch (cause) {
    throw versionUnusable(cause);
  }
}
