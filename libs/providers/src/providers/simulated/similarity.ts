import { contentStems, countOf } from './words.js';

/** Features with their weights, on average far fewer than the space has room for. */
export type SparseVector = ReadonlyMap<number, number>;

const GRAM_LENGTH = 3;
const GRAM_WEIGHT = 0.35;

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/**
 * Calls back with every feature of a text: its content stems, and the three-letter pieces of those, which bring
 * together spellings and compounds that stems keep apart. Frequent words count by their logarithm.
 */
export function eachFeature(text: string, add: (hash: number, weight: number) => void): void {
  for (const [stem, count] of countOf(contentStems(text))) {
    const weight = 1 + Math.log(count);
    add(hashOf(stem), weight);
    const padded = `<${stem}>`;
    for (let at = 0; at + GRAM_LENGTH <= padded.length; at++) {
      add(hashOf(`#${padded.slice(at, at + GRAM_LENGTH)}`), weight * GRAM_WEIGHT);
    }
  }
}

export function vectorOf(text: string): SparseVector {
  const vector = new Map<number, number>();
  eachFeature(text, (hash, weight) => vector.set(hash, (vector.get(hash) ?? 0) + weight));
  return vector;
}

/** Cosine, 0 (nothing in common) to 1. */
export function similarity(one: SparseVector, other: SparseVector): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let dot = 0;
  for (const [feature, weight] of small) dot += weight * (large.get(feature) ?? 0);
  const lengths = lengthOf(one) * lengthOf(other);
  return lengths === 0 ? 0 : dot / lengths;
}

function lengthOf(vector: SparseVector): number {
  let sum = 0;
  for (const weight of vector.values()) sum += weight * weight;
  return Math.sqrt(sum);
}
