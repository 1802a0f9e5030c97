import { STOP_WORDS } from './stop-words.js';

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;
const ENDINGS = [
  'ungen',
  'ation',
  'ments',
  'ment',
  'ings',
  'ung',
  'ing',
  'ies',
  'ern',
  'ed',
  'es',
  'en',
  'er',
  'em',
  'ly',
  's',
  'e',
  'n',
];
const SHORTEST_STEM = 4;

/** The words of a text in lower case, in order. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** A crude common stem for English and German: enough to let "refunds" meet "refund" and "Rechnungen" "Rechnung". */
export function stem(word: string): string {
  const written = word.replace(/['’].*$/, '');
  // German participles: "gewartet" belongs to "warten".
  const plain = /^ge\p{L}{4,}e?t$/u.test(written) ? written.replace(/^ge|e?t$/g, '') : written;
  for (const ending of ENDINGS) {
    if (plain.length - ending.length >= SHORTEST_STEM && plain.endsWith(ending)) {
      return plain.slice(0, -ending.length) + (ending === 'ies' ? 'y' : '');
    }
  }
  return plain;
}

/** Stems of the words that carry meaning, in order. */
export function contentStems(text: string): string[] {
  const stems: string[] = [];
  for (const word of wordsOf(text)) if (!STOP_WORDS.has(word)) stems.push(stem(word));
  return stems;
}

/** How often each item occurs. */
export function countOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** The words inside a name such as `invoiceNumber`, `due_date` or `feature-request`. */
export function wordsOfName(name: string): string[] {
  return wordsOf(name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2').replace(/[_\-./]+/g, ' '));
}
