import { eachFeature, hashOf } from './similarity.js';

export const LEXICAL_DIMENSIONS = 512;

/**
 * A text as a unit vector of hashed words and three-letter pieces. Texts that share words or spellings lie close;
 * it knows nothing of meaning: "car" and "automobile" are strangers to it.
 */
export function lexicalEmbedding(text: string): number[] {
  const vector = new Array<number>(LEXICAL_DIMENSIONS).fill(0);
  const add = (hash: number, weight: number): void => {
    // A bit outside the slot decides the sign, so that collisions cancel out rather than add up.
    vector[hash % LEXICAL_DIMENSIONS]! += hash & 0x40000000 ? -weight : weight;
  };
  eachFeature(text, add);
  // Nothing but small words or signs: place it by its characters, so that every text has a direction.
  if (vector.every((value) => value === 0)) add(hashOf(text.trim().toLowerCase()), 1);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
