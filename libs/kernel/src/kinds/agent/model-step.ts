import { JsonValueError, toPlainJson } from '../../json/plain-json.js';
import type { InnerStep, StepContext } from '../../node-kind.js';
import type { GenerateReply, GenerateRequest, ModelToolCall } from '../../step-services.js';
import { askModel } from '../ask-model.js';
import { shownRequest } from '../shown-request.js';

/** What a call may weigh that is kept and run. A model that writes more is told so. */
const ARGUMENT_LIMITS = { maxBytes: 256 * 1024, maxDepth: 20 };
/** A call that is no JSON is no step of its own: the model is simply asked again. */
const RETRY = { maxAttempts: 3, backoffMs: 100, on: ['provider.invalid_tool_call'] };
const MAX_NAME_LENGTH = 64;
const MAX_CALLS = 32;
/** What the run page shows of a turn; the whole is in the steps before. */
const MAX_SHOWN_LENGTH = 4_000;

/** A tool call as the record keeps it. */
export interface KeptCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** What its provider wants to see again; see {@link ModelToolCall.signature}. */
  readonly signature?: string;
  /** Why it is not to be run whatever the tool says, in words for the model. */
  readonly refused?: string;
}

/** What is recorded of a model call: all that a resumed loop needs in order not to ask again. */
export interface ModelStepOutput {
  readonly text: string;
  readonly toolCalls: readonly KeptCall[];
  readonly model: string;
  readonly finishReason: string;
  readonly simulated: boolean;
}

/**
 * One question to the model, as a step of its own at `<turn>/model`.
 * @param onFailed hears what the call failed with, of which the record keeps less
 */
export function modelStep(turn: number, request: GenerateRequest, onFailed: (error: unknown) => void): InnerStep {
  return {
    path: `${turn}/model`,
    kind: 'llm',
    effect: 'effectful',
    retry: RETRY,
    run: async (context) => {
      context.showInput(shown(request));
      const reply = await askModel(request, context).catch((error: unknown) => {
        onFailed(error);
        throw error;
      });
      const { usage, simulated } = reply;
      return { output: outputOf(reply, context), usage, simulated };
    },
  };
}

function outputOf(reply: GenerateReply, context: StepContext): ModelStepOutput {
  const { text, toolCalls = [], model, finishReason, simulated } = reply;
  if (toolCalls.length > MAX_CALLS) {
    context.log('warn', `The model made ${toolCalls.length} calls at once; only the first ${MAX_CALLS} are kept.`);
  }
  return { text, toolCalls: toolCalls.slice(0, MAX_CALLS).map(keep), model, finishReason, simulated };
}

function keep({ name, arguments: args, signature }: ModelToolCall): KeptCall {
  const shortName = name.slice(0, MAX_NAME_LENGTH);
  try {
    return {
      name: shortName,
      arguments: toPlainJson(args, ARGUMENT_LIMITS).value as KeptCall['arguments'],
      ...(signature !== undefined && { signature }),
    };
  } catch (error) {
    if (!(error instanceof JsonValueError)) throw error;
    return { name: shortName, arguments: {}, refused: `The arguments were not read: ${error.message}.` };
  }
}

/** What is new in this turn, not the whole conversation again. */
function shown({ turns = [], tools = [], ...request }: GenerateRequest): unknown {
  const lastReply = turns.findLastIndex(({ role }) => role === 'assistant');
  if (lastReply === -1) return { ...shownRequest(request), tools: tools.map(({ name }) => name) };
  const news = turns.slice(lastReply + 1).map((each) => ({
    ...each,
    content: each.content.slice(0, MAX_SHOWN_LENGTH),
  }));
  return { model: request.model, turns: news };
}
