import type { FinishReason, UnifiedFinishReason } from '../../model/finish-reason.js';

const UNIFIED: Readonly<Record<string, UnifiedFinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  completed: 'stop',
  max_output_tokens: 'length',
};

/** For chat completions and responses alike. Some imitations say `stop` although they called tools; the calls are the better witness. */
export function mapOpenAIFinishReason(raw: string, hasToolCalls: boolean): FinishReason {
  const unified = Object.hasOwn(UNIFIED, raw) ? UNIFIED[raw]! : 'other';
  return { unified: unified === 'stop' && hasToolCalls ? 'tool-calls' : unified, raw };
}
