import { LiveBusModule } from '#platform/events';
import { PromptsApiModule } from '#prompts';
import { DomainApp } from '../../../auth/src/testing/domain-app.js';
import { AgentsApiModule } from '../agents-api.module.js';

/** The agents domain, and the prompts that its graphs may name. */
export const startAgentsApp = (): Promise<DomainApp> =>
  DomainApp.start([LiveBusModule, AgentsApiModule, PromptsApiModule]);
