import type { StepContext } from '../../node-kind.js';
import type { Problem } from '../../problem.js';
import { StepError } from '../../step-error.js';
import type { FoundTool } from '../../step-services.js';

/** Problems of the arguments that are told at once. */
const MOST_PROBLEMS = 5;

/**
 * Runs a tool once its arguments have been found good: what only reads at once, what writes through the effect ledger.
 *
 * @throws StepError `tool.arguments_invalid`, or what the tool threw
 */
export async function performToolCall(
  tool: FoundTool,
  args: unknown,
  context: StepContext,
  credentialId?: string,
): Promise<unknown> {
  checkArguments(tool, args);
  const { signal, idempotencyKey } = context;
  const shown = { tool: tool.name, arguments: tool.maskArguments(args) };
  context.showInput(shown);
  const act = (): Promise<unknown> =>
    context.services.callTool(tool.name, args, { signal, idempotencyKey, credentialId });
  if (tool.effectOf(args) === 'read') return act();
  const repeatable = tool.isRepeatable(args);
  return context.effect({ call: 'tool', repeatable, title: `The tool ${tool.name} was run`, request: shown }, act);
}

/** @throws StepError `tool.arguments_invalid` */
export function checkArguments(tool: FoundTool, args: unknown): asserts args is Readonly<Record<string, unknown>> {
  refuseArguments(tool, tool.check(args));
}

/** @throws StepError `tool.arguments_invalid` when there is a problem */
export function refuseArguments(tool: FoundTool, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const said = problems.slice(0, MOST_PROBLEMS).map(({ message }) => message);
  throw new StepError({
    code: 'tool.arguments_invalid',
    message: `The arguments do not fit the tool ${tool.name}, which was not run: ${said.join(' ')}`,
    retryable: false,
  });
}
