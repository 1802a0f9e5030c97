import type { FinishReason } from '../../model/finish-reason.js';

/** Ollama says `stop` also when it calls tools; the calls tell. */
export function mapOllamaFinishReason(raw: string, hasToolCalls: boolean): FinishReason {
  if (raw === 'length') return { unified: 'length', raw };
  if (raw !== 'stop') return { unified: 'other', raw };
  return { unified: hasToolCalls ? 'tool-calls' : 'stop', raw };
}
