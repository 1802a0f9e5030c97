import { TemplatesService } from '#agents';
import { FirstRun, PERMISSIONS, type Principal } from '#auth';
import { ExecutionsService } from '#executions';
import { Injectable } from '@nestjs/common';
import { runWith } from '#platform/context';
import { SettingsError } from '#platform/config';

const RUNS_PER_AGENT = 5;

@Injectable()
export class Seeder {
  constructor(
    private readonly firstRun: FirstRun,
    private readonly templates: TemplatesService,
    private readonly executions: ExecutionsService,
  ) {}

  /** @throws SettingsError when the installation belongs to people who signed up by themselves */
  async seed(): Promise<{ agents: number; runs: number }> {
    const owner = await this.firstRun.ensure();
    if (!owner)
      throw new SettingsError(['Set AGENTFLOW_INIT_ORG, _EMAIL and _PASSWORD to say which organisation to fill.']);
    const principal: Principal = {
      kind: 'user',
      userId: owner.userId,
      credentialId: owner.userId,
      orgId: owner.orgId,
      permissions: new Set(PERMISSIONS),
    };
    return runWith({ orgId: owner.orgId, principal }, async () => {
      let runs = 0;
      const templates = this.templates.list();
      for (const { slug, sampleInput } of templates) {
        const agent = await this.templates.use(slug);
        for (let index = 0; index < RUNS_PER_AGENT; index += 1) {
          const started = await this.executions.start({
            agentId: agent.id,
            input: sampleInput,
            mode: 'interactive',
            trigger: 'seed',
          });
          await started.live?.ended;
          runs += 1;
        }
      }
      return { agents: templates.length, runs };
    });
  }
}
