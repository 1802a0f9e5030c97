import { nameOfCall, placeOfCall, toToolMessage } from './convert-messages.js';
import { createHookedChatModel } from './hooked-chat-model.js';
import { loadLangChain } from './langchain.js';
import type { LoopHooks, LoopRequest, LoopResult } from './loop-types.js';

/** What LangGraph counts beside the turns: entering and leaving. */
const SPARE_STEPS = 10;

/** Tools of one turn that run side by side; the others of the turn follow. */
const CALLS_AT_ONCE = 10;

/**
 * Lets a model and its tools take turns until the model answers without calling one. The same replies of the hooks lead
 * to the same calls of the hooks. A hook that never settles keeps the loop where it is, without a timer, until the
 * signal aborts.
 *
 * @throws what a hook has thrown, or the reason of the signal
 */
export async function runAgentLoop(request: LoopRequest, hooks: LoopHooks): Promise<LoopResult> {
  const modules = await loadLangChain();
  const { createAgent, createMiddleware, HumanMessage } = modules.langchain;
  let turns = 0;
  let failure: { readonly reason: unknown } | undefined;
  // LangChain wraps what is thrown, or tells it to the model; the first failure of a hook is the one that counts.
  const guarded = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await work;
    } catch (reason) {
      failure ??= { reason };
      throw reason;
    }
  };

  const model = createHookedChatModel(modules, (turn, messages) => {
    turns = turn + 1;
    return guarded(hooks.model(turn, messages));
  });
  const recordedTools = createMiddleware({
    name: 'RecordedTools',
    wrapToolCall: async ({ toolCall }) => {
      const { turn, number } = placeOfCall(toolCall.id);
      const call = { name: nameOfCall(toolCall.name), arguments: toolCall.args };
      const result = await guarded(hooks.tool(turn, number, call));
      return toToolMessage(modules.langchain, result, toolCall);
    },
  });

  const agent = createAgent({
    model,
    tools: [],
    middleware: [recordedTools],
    ...(request.system !== undefined && { systemPrompt: request.system }),
  });
  const answered = agent.invoke(
    { messages: [new HumanMessage(request.prompt)] },
    { recursionLimit: 2 * request.maxTurns + SPARE_STEPS, maxConcurrency: CALLS_AT_ONCE },
  );
  try {
    const { messages } = await untilAborted(answered, request.signal);
    return { text: messages.at(-1)?.text ?? '', turns };
  } catch (error) {
    request.signal.throwIfAborted();
    throw failure === undefined ? error : failure.reason;
  }
}

/**
 * The signal is not LangGraph's to see: it would listen to it once for every call of every turn. A loop that is left
 * holds nothing but promises that nobody will settle, and goes with them.
 */
function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
