import type { InnerStep } from '../../node-kind.js';
import { StepError } from '../../step-error.js';
import { askBeforeCall } from '../tool/ask-before-call.js';
import { checkArguments, performToolCall, refuseArguments } from '../tool/perform-tool-call.js';
import type { BoundTool } from './bound-tool.js';
import type { KeptCall } from './model-step.js';

/** One call of a tool, as a step of its own at `<turn>/tool/<n>`. A call that cannot be run fails as a step, and the model is told why. */
export function toolStep(
  turn: number,
  number: number,
  call: KeptCall,
  tools: ReadonlyMap<string, BoundTool>,
): InnerStep {
  return {
    path: `${turn}/tool/${number}`,
    kind: 'tool',
    name: call.name,
    effect: 'effectful',
    run: async (context) => {
      context.showInput({ tool: call.name, arguments: call.arguments });
      const bound = tools.get(call.name);
      if (bound === undefined) throw unknownTool(call.name, [...tools.keys()]);
      if (call.refused !== undefined) throw refusal('tool.arguments_invalid', call.refused);
      refuseArguments(bound.tool, bound.problemsOf(call.arguments));
      const args: unknown = bound.argumentsFor(call.arguments);
      checkArguments(bound.tool, args);
      if (bound.needsApproval(args)) {
        await askBeforeCall(bound.tool, args, context, `May the agent use ${bound.tool.name}?`);
      }
      return { output: await performToolCall(bound.tool, args, context, bound.credentialId) };
    },
  };
}

function unknownTool(name: string, known: readonly string[]): StepError {
  const advice = known.length === 0 ? 'There are no tools here.' : `The tools are ${known.join(', ')}.`;
  return refusal('tool.unknown', `There is no tool “${name}”. ${advice}`);
}

function refusal(code: string, message: string): StepError {
  return new StepError({ code, message, retryable: false });
}
