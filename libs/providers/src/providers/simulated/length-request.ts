/** How long, and in which shape, an instruction wants the answer. */
export interface LengthRequest {
  readonly sentences?: number;
  readonly bullets?: number;
  readonly words?: number;
  /** Everything on one line. */
  readonly oneLine?: boolean;
}

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  single: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  ein: 1,
  eine: 1,
  einem: 1,
  einen: 1,
  einer: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zehn: 10,
};
const COUNT = `(\\d{1,3}|${Object.keys(NUMBER_WORDS).join('|')})`;
const REQUEST = new RegExp(
  `(?:^|[^\\p{L}\\p{N}])${COUNT}(?:\\s{0,2}(?:-|–|to|or|bis|oder)\\s{0,2}${COUNT})?[\\s-]{1,3}` +
    `(?:(?:short|brief|concise|key|main|bullet|kurzen?|knappen?|wichtigsten?)[\\s-]{1,3}){0,3}` +
    `(sentence|line|bullet|point|takeaway|word|paragraph|satz|sätze|zeile|stichpunkt|punkt|wort|worte|wörter)`,
  'giu',
);
const DEFAULT_BULLETS = 3;

export function lengthRequestOf(instruction: string): LengthRequest {
  for (const match of instruction.matchAll(REQUEST)) {
    const count = numberOf(match[2] ?? match[1]!);
    const unit = match[3]!.toLowerCase();
    if (count < 1) continue;
    if (/^(?:sentence|satz|sätze)/.test(unit)) return { sentences: count };
    if (/^(?:line|zeile)/.test(unit)) return count === 1 ? { sentences: 1, oneLine: true } : { bullets: count };
    if (/^(?:word|w[oö]r)/.test(unit)) return { words: count };
    if (/^paragraph/.test(unit)) return { sentences: count * 3 };
    return { bullets: count };
  }
  if (/\b(?:bullets?|bullet[- ]points|key points|main points|takeaways|stichpunkten?)\b/i.test(instruction)) {
    return { bullets: DEFAULT_BULLETS };
  }
  if (/\b(?:tl;?dr|one-liner|headline)\b/i.test(instruction)) return { sentences: 1, oneLine: true };
  return {};
}

function numberOf(text: string): number {
  return NUMBER_WORDS[text.toLowerCase()] ?? Number(text);
}
