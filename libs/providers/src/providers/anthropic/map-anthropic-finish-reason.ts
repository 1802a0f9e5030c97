import type { FinishReason, UnifiedFinishReason } from '../../model/finish-reason.js';

const UNIFIED: Readonly<Record<string, UnifiedFinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'content-filter',
};

/** Imitations say `end_turn` although they called tools; the calls are the better witness. */
export function mapAnthropicFinishReason(raw: string, hasToolCalls: boolean): FinishReason {
  const unified = Object.hasOwn(UNIFIED, raw) ? UNIFIED[raw]! : 'other';
  return { unified: unified === 'stop' && hasToolCalls ? 'tool-calls' : unified, raw };
}
