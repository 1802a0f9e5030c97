import { Injectable } from '@nestjs/common';
import { ProviderRouter } from '#providers';
import type { PastTurn } from '../turns/messages.repository.js';

/** Offline, and free. */
const EMBEDDING_MODEL = 'simulated/lexical';

/** Below this a turn has little more in common with the question than the language. */
const LEAST_SIMILARITY = 0.12;
const MAX_CANDIDATES = 1_000;
const COMPARED_CHARACTERS = 1_500;

/** Finds what was said long ago and bears on what is said now. */
@Injectable()
export class RelevantTurns {
  constructor(private readonly models: ProviderRouter) {}

  /** Most similar first. @param turns newest first */
  async rank(message: string, turns: readonly PastTurn[]): Promise<readonly PastTurn[]> {
    const candidates = turns.slice(0, MAX_CANDIDATES).filter(({ user, assistant }) => (user + assistant).trim() !== '');
    if (candidates.length === 0 || message.trim() === '') return [];
    const texts = [message, ...candidates.map(({ user, assistant }) => `${user}\n${assistant}`)];
    const { embeddings } = await this.models
      .embeddingModel(EMBEDDING_MODEL)
      .embed({ texts: texts.map((text) => text.slice(0, COMPARED_CHARACTERS)) });
    const [asked = [], ...others] = embeddings;
    return candidates
      .map((turn, index) => ({ turn, similarity: cosine(asked, others[index] ?? []) }))
      .filter(({ similarity }) => similarity >= LEAST_SIMILARITY)
      .sort((one, other) => other.similarity - one.similarity)
      .map(({ turn }) => turn);
  }
}

function cosine(one: readonly number[], other: readonly number[]): number {
  let [dot, first, second] = [0, 0, 0];
  for (const [index, value] of one.entries()) {
    const its = other[index] ?? 0;
    dot += value * its;
    first += value * value;
    second += its * its;
  }
  return first === 0 || second === 0 ? 0 : dot / Math.sqrt(first * second);
}
