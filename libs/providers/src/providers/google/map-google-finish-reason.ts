import type { FinishReason, UnifiedFinishReason } from '../../model/finish-reason.js';

const UNIFIED: Readonly<Record<string, UnifiedFinishReason>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content-filter',
  RECITATION: 'content-filter',
  BLOCKLIST: 'content-filter',
  PROHIBITED_CONTENT: 'content-filter',
  SPII: 'content-filter',
  IMAGE_SAFETY: 'content-filter',
};

/** Google says `STOP` also when it calls functions; the calls tell. */
export function mapGoogleFinishReason(raw: string, hasToolCalls: boolean): FinishReason {
  const unified = Object.hasOwn(UNIFIED, raw) ? UNIFIED[raw]! : 'other';
  return { unified: unified === 'stop' && hasToolCalls ? 'tool-calls' : unified, raw };
}
