import { CueText } from './cue-text.js';
import { conceptNamed, conceptsOf } from './lexicon.js';
import { similarity, vectorOf } from './similarity.js';
import { contentStems, stem, wordsOfName } from './words.js';

export interface Label {
  readonly name: string;
  /** What the prompt says about it, for example "questions about invoices". */
  readonly description?: string;
}

export interface Classification {
  readonly label: string;
  /** How much spoke for it; 0 when nothing in the text did. */
  readonly score: number;
}

/** Labels for what fits nowhere else, or lies in the middle: they win when no other label has evidence. */
const FALLBACKS = new Set(
  'other others none general misc miscellaneous unknown neutral medium normal mixed average else uncategorized sonstiges sonstige andere anderes allgemein mittel unbekannt keine'
    .split(' ')
    .map(stem),
);
/** Below this the text says next to nothing about a label. */
export const LEAST_EVIDENCE = 0.8;
/** Similarity alone is weak: any two texts in one language share a few letter groups. */
const SIMILARITY_WEIGHT = 1.5;
const LEAST_SIMILARITY = 0.12;

/** Labels in order of evidence, best first; equals keep the order in which they were given. */
export function rankLabels(text: string, labels: readonly Label[]): Classification[] {
  const cueText = new CueText(text);
  const vector = vectorOf(text.slice(0, 50_000));
  return labels
    .map((label) => ({ label: label.name, score: scoreOf(label, cueText, vector) }))
    .sort((one, other) => other.score - one.score);
}

/** The label that fits best. Always one of those given. */
export function classify(text: string, labels: readonly Label[]): Classification {
  const ranked = rankLabels(text, labels);
  const [best] = ranked;
  if (!best) throw new RangeError('There is nothing to choose from: the list of labels is empty.');
  return best;
}

function scoreOf(label: Label, cueText: CueText, vector: ReturnType<typeof vectorOf>): number {
  const stems = wordsOfName(label.name).map(stem);
  if (stems.some((labelStem) => FALLBACKS.has(labelStem)))
    return cueText.wordCount === 0 ? 2 * LEAST_EVIDENCE : LEAST_EVIDENCE;
  let score = 0;
  for (const concept of conceptsOf(stems))
    score += cueText.evidenceFor(concept) - opposingEvidence(concept.name, cueText);
  for (const labelStem of stems) score += 1.5 * Math.log2(1 + cueText.count(labelStem));
  for (const described of new Set(contentStems(label.description ?? '')))
    score += Math.log2(1 + cueText.count(described));
  const closeness = similarity(vector, vectorOf(`${label.name} ${label.description ?? ''}`));
  return score + (closeness > LEAST_SIMILARITY ? SIMILARITY_WEIGHT * closeness : 0);
}

/** Praise and blame often share a text; what counts is which prevails. */
function opposingEvidence(concept: string, cueText: CueText): number {
  const opposite = { positive: 'negative', negative: 'positive', relaxed: 'urgent', urgent: 'relaxed' }[concept];
  return opposite ? 0.5 * cueText.evidenceFor(conceptNamed(opposite)) : 0;
}
