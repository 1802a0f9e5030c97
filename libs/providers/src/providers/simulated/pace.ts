import { setTimeout as wait } from 'node:timers/promises';

export interface Pace {
  /** 0 = everything at once, for tests and benches. */
  readonly wordsPerSecond: number;
}

/** A longer text is handed out in the time of this many words. */
const WORDS_AT_READING_PACE = 100;
/** Timers below this are not kept anyway; faster paces deliver several words at a time. */
const SHORTEST_WAIT_MS = 10;

/** Hands out a text word by word at a readable pace; a long one faster, so that no answer takes longer than a hundred words do. */
export async function* paced(text: string, pace: Pace, signal: AbortSignal | undefined): AsyncGenerator<string> {
  if (text === '') return;
  if (pace.wordsPerSecond === 0) {
    signal?.throwIfAborted();
    yield text;
    return;
  }
  const words = text.match(/\s*\S+/g) ?? [text];
  const trailing = text.slice(text.trimEnd().length);
  if (trailing !== '') words[words.length - 1] += trailing;
  const millisecondsPerWord = (1_000 / pace.wordsPerSecond) * Math.min(1, WORDS_AT_READING_PACE / words.length);
  const startedAt = performance.now();
  let said = 0;
  while (said < words.length) {
    signal?.throwIfAborted();
    const due = Math.min(
      words.length,
      Math.max(said + 1, Math.floor((performance.now() - startedAt) / millisecondsPerWord) + 1),
    );
    yield words.slice(said, due).join('');
    said = due;
    if (said < words.length)
      await pause(Math.max(SHORTEST_WAIT_MS, startedAt + said * millisecondsPerWord - performance.now()), signal);
  }
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    // The timer rejects with an error of its own; callers are promised the reason they aborted with.
    throw signal?.aborted ? signal.reason : error;
  }
}
