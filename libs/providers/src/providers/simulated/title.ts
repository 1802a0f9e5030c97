import { summarise } from './summarise.js';
import { contentStems, countOf, stem, wordsOf } from './words.js';

const LONGEST_TITLE_WORDS = 14;

/** The most telling sentence, shortened to a line that can head a list. */
export function titleOf(text: string): string {
  const sentence = summarise(text, { sentences: 1 }).replace(/[.!…]+$/, '');
  const words = sentence.split(/\s+/);
  if (words.length <= LONGEST_TITLE_WORDS) return sentence;
  const clause = sentence.split(/[,;:–]\s/)[0]!.split(/\s+/);
  const kept =
    clause.length >= 3 && clause.length <= LONGEST_TITLE_WORDS ? clause : words.slice(0, LONGEST_TITLE_WORDS);
  return kept.join(' ') + (kept === clause ? '' : '…');
}

/** The words a text keeps coming back to, most frequent first; ties in order of appearance. */
export function keywordsOf(text: string, count: number): string[] {
  const spelling = new Map<string, string>();
  for (const word of wordsOf(text)) if (!spelling.has(stem(word))) spelling.set(stem(word), word);
  const plain = text.replace(/\S{1,64}@\S{1,100}|https?:\S{1,500}/g, ' ');
  return [...countOf(contentStems(plain).filter((word) => word.length > 3 && !/^\d+$/.test(word)))]
    .sort((one, other) => other[1] - one[1])
    .slice(0, count)
    .map(([key]) => spelling.get(key) ?? key);
}
