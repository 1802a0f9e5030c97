import { StepError } from '../../step-error.js';
import type { StepServices } from '../../step-services.js';
import type { AgentToolConfig } from './agent-tool-config.js';
import { BoundTool } from './bound-tool.js';

/** @throws StepError `tool.unknown` */
export async function findTools(
  tools: readonly AgentToolConfig[],
  services: StepServices,
): Promise<ReadonlyMap<string, BoundTool>> {
  const found = new Map<string, BoundTool>();
  for (const config of tools) {
    const tool = await services.findTool(config.name);
    if (tool === undefined) {
      throw new StepError({
        code: 'tool.unknown',
        message: `The agent may use the tool “${config.name}”, which does not exist: choose from those that GET /api/v1/tools lists.`,
        retryable: false,
      });
    }
    found.set(config.name, new BoundTool(tool, config));
  }
  return found;
}
