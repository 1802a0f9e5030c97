import type { InnerStep, StepContext } from '../../node-kind.js';
import { StepError } from '../../step-error.js';
import { checkArguments, performToolCall } from '../tool/perform-tool-call.js';
import type { AgentTool } from './find-tools.js';
import type { KeptCall } from './model-step.js';

/** One call of a tool, as a step of its own at `<turn>/tool/<n>`. A call that cannot be run fails as a step, and the model is told why. */
export function toolStep(
  turn: number,
  number: number,
  call: KeptCall,
  tools: ReadonlyMap<string, AgentTool>,
): InnerStep {
  return {
    path: `${turn}/tool/${number}`,
    kind: 'tool',
    name: call.name,
    effect: 'effectful',
    run: async (context) => {
      context.showInput({ tool: call.name, arguments: call.arguments });
      const tool = tools.get(call.name);
      if (tool === undefined) throw unknownTool(call.name, [...tools.keys()]);
      if (call.refused !== undefined) throw refusal('tool.arguments_invalid', call.refused);
      checkArguments(tool, call.arguments);
      if (tool.asksFirst) await askFirst(tool, call, context);
      return { output: await performToolCall(tool, call.arguments, context) };
    },
  };
}

/** A decision counts for exactly these arguments. */
async function askFirst(tool: AgentTool, call: KeptCall, context: StepContext): Promise<void> {
  const { decision, by } = await context.wait({
    kind: 'approval',
    key: 'approval',
    title: `May the agent use ${tool.name}?`,
    payload: { tool: tool.name, arguments: tool.maskArguments(call.arguments) },
    decisions: ['approved', 'rejected'],
  });
  if (decision !== 'approved') {
    throw refusal('tool.not_approved', `The tool was not run: ${by ?? 'a person'} refused this call.`);
  }
}

function unknownTool(name: string, known: readonly string[]): StepError {
  const advice = known.length === 0 ? 'There are no tools here.' : `The tools are ${known.join(', ')}.`;
  return refusal('tool.unknown', `There is no tool “${name}”. ${advice}`);
}

function refusal(code: string, message: string): StepError {
  return new StepError({ code, message, retryable: false });
}
