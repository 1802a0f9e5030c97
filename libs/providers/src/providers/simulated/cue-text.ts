import type { Concept } from './lexicon.js';
import { stem, wordsOf } from './words.js';

const NEGATIONS = new Set('not no never without cannot nicht kein keine keinen nie ohne hardly isn wasn don doesn didn won can couldn'.split(' '));
const NEGATION_REACH = 3;
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
    const words = wordsOf(text).slice(0, MOST_WORDS);
    this.wordCount = words.length;
    let lastNegation = Number.NEGATIVE_INFINITY;
    let previous = '';
    words.forEach((word, position) => {
      const current = stem(word);
      const isNegated = position - lastNegation <= NEGATION_REACH;
      this.see(current, isNegated);
      if (previous !== '') this.see(`${previous} ${current}`, false);
      if (NEGATIONS.has(word.replace(/['’]t$/, ''))) lastNegation = position;
      previous = current;
    });
  }

  /** How much speaks for the concept; negated cues count against it. */
  evidenceFor(concept: Concept): number {
    let evidence = 0;
    for (const [cue, weight] of concept.cues) {
      const seen = this.sightings.get(cue);
      if (seen) evidence += weight * (Math.log2(1 + seen.plain) - Math.log2(1 + seen.negated));
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
