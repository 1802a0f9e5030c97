import type { Graph } from '#kernel';
import type { AgentVersionsRepository, RunnableVersion } from '../agent-versions.repository.js';
import { newGraph } from './graph.factory.js';

/** One agent with as many versions as its number says; counts the questions that reach it. */
export class FakeAgentVersionsRepository implements Pick<AgentVersionsRepository, 'findRunnable' | 'findGraph'> {
  lookups = 0;
  graphReads = 0;
  publishedVersion = 1;
  archived = false;

  async findRunnable(_agentId: string, number: number | null): Promise<RunnableVersion> {
    this.lookups += 1;
    const { archived, publishedVersion } = this;
    const asked = number ?? publishedVersion;
    const exists = asked <= publishedVersion;
    await Promise.resolve();
    return {
      agentName: 'Support',
      archived,
      publishedVersion,
      versionId: exists ? `version-${asked}` : null,
      number: exists ? asked : null,
    };
  }

  findGraph(): Promise<Graph> {
    this.graphReads += 1;
    return Promise.resolve(newGraph());
  }
}
