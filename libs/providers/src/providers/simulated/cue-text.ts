import type { Concept } from './lexicon.js';
import { stem } from './words.js';

const NEGATIONS = new Set(
  'not no never without cannot nicht kein keine keinen nie ohne hardly isn wasn don doesn didn won can couldn'.split(
    ' ',
  ),
);
const NEGATION_REACH = 3;
const WORD_OR_STOP = /[\p{L}\p{N}]+(?:['’]\p{L}+)?|[.!?;,]/gu;
/** More than enough to tell what a text is about; keeps the cost of a flood bounded. */
const MOST_WORDS = 20_000;

interface Sighting {
  plain: number;
  negated: number;
}

/** A text prepared for looking up cues: how often each stem and each pair of stems occurs, and how often negated. */
export class CueText {
  readonly wordCount: number;
  private readonly sightings = new Map<string, Sighting>();

  constructor(text: string) {
    let wordCount = 0;
    let lastNegation = Number.NEGATIVE_INFINITY;
    let previous = '';
    for (const [word] of text.toLowerCase().matchAll(WORD_OR_STOP)) {
      // What is denied in one clause is not denied in the next.
      if (!/[\p{L}\p{N}]/u.test(word)) {
        lastNegation = Number.NEGATIVE_INFINITY;
        continue;
      }
      const position = wordCount++;
      const current = stem(word);
      const isNegated = position - lastNegation <= NEGATION_REACH;
      this.see(current, isNegated);
      if (previous !== '') this.see(`${previous} ${current}`, false);
      if (NEGATIONS.has(word.replace(/['’]t$/, ''))) lastNegation = position;
      previous = current;
      if (wordCount === MOST_WORDS) break;
    }
    this.wordCount = wordCount;
  }

  /** How much speaks for the concept; negated cues of feelings and of haste count against it. */
  evidenceFor(concept: Concept): number {
    let evidence = 0;
    for (const [cue, weight] of concept.cues) {
      const seen = this.sightings.get(cue);
      if (!seen) continue;
      evidence += concept.isNegatable
        ? weight * (Math.log2(1 + seen.plain) - Math.log2(1 + seen.negated))
        : weight * Math.log2(1 + seen.plain + seen.negated);
    }
    return evidence;
  }

  /** How often the stem occurs, negated or not. */
  count(wordStem: string): number {
    const seen = this.sightings.get(wordStem);
    return seen ? seen.plain + seen.negated : 0;
  }

  private see(key: string, isNegated: boolean): void {
    let seen = this.sightings.get(key);
    if (!seen) this.sightings.set(key, (seen = { plain: 0, negated: 0 }));
    if (isNegated) seen.negated++;
    else seen.plain++;
  }
}
