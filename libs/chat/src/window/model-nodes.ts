import type { Graph } from '#kernel';
import { type TokenCounter, TOKENS_PER_MESSAGE } from './token-counter.js';

const DEFAULT_MODEL = 'simulated/offline';

/** Of the nodes of a graph that ask a model, in a conversation: which model, and how long their own texts are. */
export function modelNodesOf(graph: Graph): { readonly model: string; readonly texts: readonly string[] } {
  const nodes = graph.nodes.filter(({ kind }) => kind === 'llm' || kind === 'agent');
  const [first] = nodes;
  return {
    model: typeof first?.config.model === 'string' ? first.config.model : DEFAULT_MODEL,
    texts: nodes.map(({ config: { system, prompt } }) =>
      [system, prompt].filter((text) => typeof text === 'string').join('\n'),
    ),
  };
}

/** Room for the longest of them. */
export function ownTokensOf(texts: readonly string[], count: TokenCounter): number {
  return Math.max(0, ...texts.map(count)) + TOKENS_PER_MESSAGE;
}
