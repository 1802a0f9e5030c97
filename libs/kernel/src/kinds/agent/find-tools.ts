import { StepError } from '../../step-error.js';
import type { FoundTool, StepServices } from '../../step-services.js';

/** A tool as one agent has it. */
export interface AgentTool extends FoundTool {
  /** A person is asked before each call. */
  readonly asksFirst: boolean;
}

export interface AgentToolConfig {
  readonly name: string;
  readonly description?: string;
  readonly approval?: boolean;
}

/** @throws StepError `tool.unknown` */
export async function findTools(
  tools: readonly AgentToolConfig[],
  services: StepServices,
): Promise<ReadonlyMap<string, AgentTool>> {
  const found = new Map<string, AgentTool>();
  for (const { name, description, approval } of tools) {
    const tool = await services.findTool(name);
    if (tool === undefined) {
      throw new StepError({
        code: 'tool.unknown',
        message: `The agent may use the tool “${name}”, which does not exist: choose from those that GET /api/v1/tools lists.`,
        retryable: false,
      });
    }
    const { inputSchema } = tool;
    found.set(name, {
      name,
      description: description ?? tool.description,
      inputSchema,
      asksFirst: approval ?? false,
      check: (args) => tool.check(args),
      effectOf: (args) => tool.effectOf(args),
      isRepeatable: (args) => tool.isRepeatable(args),
      maskArguments: (args) => tool.maskArguments(args),
    });
  }
  return found;
}
