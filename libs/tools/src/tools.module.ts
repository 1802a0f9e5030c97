import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '#platform/config';
import { EgressClient } from '#platform/egress';
import { builtInTools } from './built-in/built-in-tools.js';
import { ToolRegistry } from './tool-registry.js';

/** For addresses that models and authors of agents come up with: no origin is trusted. */
const TOOL_EGRESS = Symbol('tool-egress');

/** The tools, for runs and for the door. */
@Module({
  providers: [
    {
      provide: TOOL_EGRESS,
      inject: [SETTINGS],
      useFactory: ({ egress }: Settings) => new EgressClient({ allowCidrs: egress.allowCidrs }),
    },
    {
      provide: ToolRegistry,
      inject: [TOOL_EGRESS],
      useFactory: (egress: EgressClient) => new ToolRegistry(builtInTools(egress)),
    },
  ],
  exports: [ToolRegistry],
})
export class ToolsModule implements OnApplicationShutdown {
  constructor(@Inject(TOOL_EGRESS) private readonly egress: EgressClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.egress.close();
  }
}
