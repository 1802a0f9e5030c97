import { estimateTokens } from '../../model/estimate-tokens.js';

export interface LimitedText {
  readonly text: string;
  readonly reason: 'stop' | 'length';
}

/** Ends a text before the first stop sequence and after the last word that maxTokens leaves room for. */
export function limitLength(text: string, maxTokens?: number, stop: readonly string[] = []): LimitedText {
  const ends = stop.map((sequence) => text.indexOf(sequence)).filter((at) => at !== -1);
  const stopped = ends.length > 0 ? text.slice(0, Math.min(...ends)) : text;
  if (maxTokens === undefined || estimateTokens(stopped) <= maxTokens) return { text: stopped, reason: 'stop' };
  const words = stopped.match(/\s*\S+/g) ?? [];
  let kept = '';
  let tokens = 0;
  for (const word of words) {
    tokens += estimateTokens(word);
    if (tokens > maxTokens) break;
    kept += word;
  }
  return { text: kept, reason: 'length' };
}
