import { AgentTemplates } from '#agents';
import { type InstallationOwner, PERMISSIONS, type Principal } from '#auth';
import { ExecutionsQueries, ExecutionsService } from '#executions';
import { Injectable } from '@nestjs/common';
import { runWith } from '#platform/context';

const SAMPLE_TEMPLATE = 'summarise-text';

export interface SampleAgent {
  readonly agentId: string;
  readonly name: string;
  readonly sampleInput: unknown;
}

/** The agent that a new installation starts with and its first, finished run: an empty dashboard teaches nothing. */
@Injectable()
export class SampleRun {
  constructor(
    private readonly templates: AgentTemplates,
    private readonly executions: ExecutionsService,
    private readonly queries: ExecutionsQueries,
  ) {}

  /** Makes both once; afterwards finds the agent. Null when its owner has archived it. */
  ensure({ userId, orgId }: InstallationOwner): Promise<SampleAgent | null> {
    const principal: Principal = { kind: 'user', userId, credentialId: userId, orgId, permissions: new Set(PERMISSIONS) };
    return runWith({ orgId, principal }, async () => {
      const known = await this.templates.findUse(SAMPLE_TEMPLATE);
      const { sampleInput } = this.templates.get(SAMPLE_TEMPLATE);
      if (known) return known.archived ? null : { agentId: known.id, name: known.name, sampleInput };
      const agent = await this.templates.use(SAMPLE_TEMPLATE);
      const started = await this.executions.start({ agentId: agent.id, input: sampleInput, mode: 'interactive', trigger: 'sample' });
      await started.live?.ended;
      await this.queries.get(started.executionId);
      return { agentId: agent.id, name: agent.name, sampleInput };
    });
  }
}
