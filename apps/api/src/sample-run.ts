import { AgentsService, TemplatesService } from '#agents';
import { type InstallationOwner, PERMISSIONS, type Principal } from '#auth';
import { ExecutionsQueries, ExecutionsService } from '#executions';
import { Injectable } from '@nestjs/common';
import { runWith } from '#platform/context';

const SAMPLE_TEMPLATE = 'summarise-text';

export interface SampleAgent {
  readonly agentId: string;
  readonly name: string;
  readonly input: unknown;
}

/** The agent that a new installation starts with and its first, finished run: an empty dashboard teaches nothing. */
@Injectable()
export class SampleRun {
  constructor(
    private readonly agents: AgentsService,
    private readonly templates: TemplatesService,
    private readonly executions: ExecutionsService,
    private readonly queries: ExecutionsQueries,
  ) {}

  /** Makes both in an organisation that has never run anything; afterwards finds the agent. Null when it is gone. */
  async ensure({ userId, orgId }: InstallationOwner): Promise<SampleAgent | null> {
    const template = this.templates.list().find(({ slug }) => slug === SAMPLE_TEMPLATE);
    if (!template) return null;
    const principal: Principal = {
      kind: 'user',
      userId,
      credentialId: userId,
      orgId,
      permissions: new Set(PERMISSIONS),
    };
    return runWith({ orgId, principal }, async () => {
      const found = await this.agents.list({ archived: false, search: template.name }, { limit: 1 });
      const known = found.data.find(({ publishedVersion }) => publishedVersion !== null);
      if (known) return { agentId: known.id, name: known.name, input: template.sampleInput };
      const anyRun = await this.queries.list({ limit: 1 });
      return anyRun.data.length > 0 ? null : this.make(template.sampleInput);
    });
  }

  private async make(input: unknown): Promise<SampleAgent> {
    const agent = await this.templates.use(SAMPLE_TEMPLATE);
    const started = await this.executions.start({ agentId: agent.id, input, mode: 'interactive', trigger: 'sample' });
    await started.live?.ended;
    return { agentId: agent.id, name: agent.name, input };
  }
}
