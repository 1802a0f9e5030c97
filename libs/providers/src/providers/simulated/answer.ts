import { sentencesOf } from './sentences.js';
import { isGerman } from './stop-words.js';
import { contentStems, countOf, wordsOf } from './words.js';

const LEAST_COVERAGE = 0.34;
const ABSENT_SHARE = 0.6;
/** A second sentence must be nearly as good as the first. */
const SECOND_SHARE = 0.75;
const SHARED_BEGINNING = 5;

/** What a question word wants to find in the sentence that answers. */
const WANTED: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\b(?:when|what (?:date|time|day|year)|wann|bis wann)\b/i,
    /\d{4}|\d{1,2}[:.]\d{2}|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|januar|februar|märz|mai|juni|juli|oktober|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|days?|weeks?|months?|hours?|tage?n?|wochen?|monate?n?|uhr)\b/iu,
  ],
  [
    /\b(?:how (?:much|many|long|often|old|far)|what (?:price|cost|percentage)|wie (?:viel|viele|lange|oft|hoch|teuer))\b/i,
    /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|free|kostenlos)\b/i,
  ],
  [/\b(?:who|whom|whose|wer|wen|wem)\b/i, /\p{Lu}[\p{Ll}'’-]+ \p{Lu}[\p{Ll}'’-]+/u],
  [
    /\b(?:why|warum|wieso|weshalb)\b/i,
    /\b(?:because|since|due to|so that|therefore|reason|weil|denn|da|deshalb|grund|wegen)\b/i,
  ],
  [/\b(?:where|wo|woher|wohin)\b/i, /\b(?:in|at|near|from|to|aus|bei|nach) \p{Lu}/u],
];

/** The sentence, or two, of the material that answer a question best; undefined when none comes close. */
export function answerFrom(material: string, question: string): string | undefined {
  const sentences = sentencesOf(material);
  const asked = [...new Set(contentStems(question))];
  if (sentences.length === 0 || asked.length === 0) return undefined;
  const stems = sentences.map((sentence) => new Set(contentStems(sentence.text)));
  const spread = countOf(stems.flatMap((set) => [...set]));
  // A word that the whole text lacks says little about which of its sentences answers.
  const weightOf = (stem: string): number =>
    spread.has(stem)
      ? Math.log(1 + sentences.length / spread.get(stem)!)
      : ABSENT_SHARE * Math.log(1 + sentences.length);
  const total = asked.reduce((sum, stem) => sum + weightOf(stem), 0);
  const wanted = WANTED.filter(([asks]) => asks.test(question)).map(([, found]) => found);
  const coverage = stems.map(
    (set) => asked.reduce((sum, stem) => sum + weightOf(stem) * closeness(stem, set), 0) / total,
  );
  const ranked = sentences
    .map((sentence, index) => {
      // A sentence often goes on about what the one before it named.
      const inherited = 0.25 * (coverage[index - 1] ?? 0);
      const bonus = wanted.length > 0 && wanted.some((found) => found.test(sentence.text)) ? 0.15 : 0;
      const isQuestion = sentence.text.endsWith('?') ? 0.5 : 1;
      return {
        sentence,
        score: (coverage[index]! + inherited + bonus) * isQuestion,
        covered: coverage[index]! + inherited,
      };
    })
    .sort((one, other) => other.score - one.score || one.sentence.index - other.sentence.index);
  const [best, second] = ranked;
  if (!best || best.covered < LEAST_COVERAGE) return undefined;
  const chosen =
    second && second.score >= SECOND_SHARE * best.score && second.covered >= LEAST_COVERAGE ? [best, second] : [best];
  return chosen
    .sort((one, other) => one.sentence.index - other.sentence.index)
    .map(({ sentence }) => sentence.text)
    .join(' ');
}

/** What to say when the material is silent. */
export function noAnswer(question: string): string {
  return isGerman(wordsOf(question)) ? 'Das steht nicht im gegebenen Text.' : 'The given text does not say.';
}

/** 1 for the same stem, half for words that begin alike, as "cancel" and "cancellation" do. */
function closeness(stem: string, set: ReadonlySet<string>): number {
  if (set.has(stem)) return 1;
  if (stem.length < SHARED_BEGINNING) return 0;
  const beginning = stem.slice(0, SHARED_BEGINNING);
  for (const other of set) if (other.startsWith(beginning)) return 0.5;
  return 0;
}
