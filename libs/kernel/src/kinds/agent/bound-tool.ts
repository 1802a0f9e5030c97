import type { Problem } from '../../problem.js';
import { pointer } from '../../json/json-pointer.js';
import type { FoundTool, ToolDescription } from '../../step-services.js';
import { wantsApproval } from '../tool/ask-before-call.js';
import type { AgentToolConfig } from './agent-tool-config.js';

/** A tool as one agent has it: what its author has fixed is added to what the model says, which may be less than the tool takes. */
export class BoundTool {
  readonly credentialId: string | undefined;
  /** What the model is told: nothing of what is not its to say. */
  readonly description: ToolDescription;

  constructor(
    readonly tool: FoundTool,
    private readonly config: AgentToolConfig,
  ) {
    this.credentialId = config.credentialId;
    this.description = {
      name: tool.name,
      description: config.description ?? tool.description,
      inputSchema: withoutArguments(tool.inputSchema, [...Object.keys(config.fixed), ...config.forbidden]),
    };
  }

  /** What is wrong with the arguments that the model gave. */
  problemsOf(args: Readonly<Record<string, unknown>>): readonly Problem[] {
    const { fixed, forbidden } = this.config;
    const notTheirs = Object.keys(args).filter((name) => Object.hasOwn(fixed, name) || forbidden.includes(name));
    return notTheirs.map((name) => ({
      pointer: pointer('arguments', name),
      code: 'tool.argument_forbidden',
      message: `The argument “${name}” is not yours to give: leave it out.`,
    }));
  }

  /** What the tool is run with. */
  argumentsFor(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return { ...args, ...this.config.fixed };
  }

  /** When its author or the tool itself wants it. */
  needsApproval(args: Readonly<Record<string, unknown>>): boolean {
    return wantsApproval(this.config.approval, this.tool, args) || wantsApproval(this.tool.approval, this.tool, args);
  }
}

function withoutArguments(
  schema: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  if (names.length === 0) return schema;
  const { properties, required } = schema as { properties?: object; required?: readonly string[] };
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
    }),
    ...(required && { required: required.filter((name) => !names.includes(name)) }),
  };
}
