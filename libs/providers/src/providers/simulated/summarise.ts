import { estimateTokens } from '../../model/estimate-tokens.js';
import type { LengthRequest } from './length-request.js';
import { type Sentence, sentencesOf } from './sentences.js';
import { contentStems } from './words.js';

interface Candidate extends Sentence {
  readonly stems: ReadonlySet<string>;
  score: number;
}

const MOST_CANDIDATES = 300;
const LEAST_SHARE = 0.12;
/** Room left in a word limit is no reason to fill it. */
const LEAST_SHARE_OF_FILLING = 0.4;
const REDUNDANCY_WEIGHT = 0.7;
const COURTESY =
  /^(?:hi|hello|hey|dear|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen|abend)|(?:best|kind|warm)? ?regards|thanks|thank you|cheers|sincerely|yours|mit freundlichen|viele grüße|beste grüße|danke|sent from)\b/i;

/** The sentences that say most, in their own order and words. Nothing is made up, and nothing is reworded. */
export function summarise(text: string, request: LengthRequest = {}, maxTokens = Number.POSITIVE_INFINITY): string {
  const sentences = withoutRepeats(sentencesOf(text));
  if (sentences.length === 0) return '';
  const wanted = request.bullets ?? request.sentences ?? defaultLength(sentences.length);
  const ranked = rank(sentences, request.words ? MOST_CANDIDATES : wanted);
  const chosen = fit(ranked, wanted, request.words, maxTokens).sort((one, other) => one.index - other.index);
  const texts = chosen.map((sentence) => closed(sentence.text));
  if (request.bullets) return texts.map((line) => `- ${line}`).join('\n');
  const summary = texts.join(' ');
  return request.words ? firstWords(summary, request.words) : summary;
}

function withoutRepeats(sentences: readonly Sentence[]): Sentence[] {
  const seen = new Set<string>();
  return sentences.filter(({ text }) => !seen.has(text) && seen.add(text));
}

function defaultLength(sentences: number): number {
  return Math.min(4, Math.max(1, Math.round(sentences / 4)));
}

/** The best sentences, best first, passing over what has been said by a better one (maximal marginal relevance). */
function rank(sentences: readonly Sentence[], count: number): Candidate[] {
  const pool = score(sentences)
    .sort((one, other) => other.score - one.score || one.index - other.index)
    .slice(0, MOST_CANDIDATES);
  const best: Candidate[] = [];
  while (pool.length > 0 && best.length < count) {
    let winner = 0;
    for (let at = 1; at < pool.length; at++) if (pool[at]!.score > pool[winner]!.score) winner = at;
    const [next] = pool.splice(winner, 1);
    best.push(next!);
    for (const other of pool)
      other.score -= REDUNDANCY_WEIGHT * overlap(next!.stems, other.stems) * Math.abs(other.score);
  }
  return best;
}

function score(sentences: readonly Sentence[]): Candidate[] {
  const spread = new Map<string, number>();
  const stemSets = sentences.map((sentence) => new Set(contentStems(sentence.text)));
  for (const stems of stemSets) for (const stem of stems) spread.set(stem, (spread.get(stem) ?? 0) + 1);
  return sentences.map((sentence, position) => {
    const stems = stemSets[position]!;
    let weight = 0;
    for (const stem of stems) weight += Math.log(1 + spread.get(stem)!);
    // Dividing by the root lets longer sentences say more without letting them win by length alone.
    const content = weight / Math.sqrt(stems.size + 3);
    return {
      ...sentence,
      stems,
      score: content * placeFactor(sentence) * lengthFactor(stems.size) * courtesyFactor(sentence),
    };
  });
}

/** Openings tend to say what a text, or a paragraph, is about. */
function placeFactor(sentence: Sentence): number {
  return (1 + 0.5 / (1 + sentence.index)) * (sentence.opensParagraph ? 1.1 : 1);
}

function lengthFactor(contentWords: number): number {
  if (contentWords < 3) return 0.4;
  return contentWords > 40 ? 0.7 : 1;
}

function courtesyFactor(sentence: Sentence): number {
  if (/@|https?:|^[\d\s+()./-]+$/.test(sentence.text) && sentence.text.split(/\s+/).length < 5) return 0.05;
  return COURTESY.test(sentence.text) && sentence.text.length < 80 ? 0.1 : 1;
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const stem of one) if (other.has(stem)) common++;
  return common / Math.max(1, Math.min(one.size, other.size));
}

/** As many of the best as the bounds take, at least one. */
function fit(ranked: Candidate[], wanted: number, maxWords: number | undefined, maxTokens: number): Candidate[] {
  const chosen: Candidate[] = [];
  let words = 0;
  let tokens = 0;
  const least = (maxWords === undefined ? LEAST_SHARE : LEAST_SHARE_OF_FILLING) * (ranked[0]?.score ?? 0);
  for (const candidate of ranked) {
    // Better one sentence less than asked for than one that says nothing, such as a name or an address.
    if (chosen.length > 0 && candidate.score < least) continue;
    const length = candidate.text.split(/\s+/).length;
    const cost = estimateTokens(candidate.text) + 2;
    const isTooMuch = tokens + cost > maxTokens || (maxWords !== undefined && words + length > maxWords);
    if (chosen.length > 0 && isTooMuch) continue;
    chosen.push(candidate);
    words += length;
    tokens += cost;
    if (maxWords === undefined && chosen.length === wanted) break;
  }
  return chosen;
}

function firstWords(text: string, count: number): string {
  const words = text.split(/\s+/);
  return words.length <= count ? text : `${words.slice(0, count).join(' ')}…`;
}

function closed(sentence: string): string {
  return /[.!?…:]["'”’)]?$/.test(sentence) ? sentence : `${sentence}.`;
}
