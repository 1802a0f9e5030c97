import {
  compilePlan,
  type GenerateReply,
  type GenerateRequest,
  type Graph,
  type RunHost,
  type RunOutcome,
  walk,
} from '#kernel';
import { collectStream, createProviders } from '#providers';
import { nodeKinds } from '../node-kinds.js';

/** Runs a graph in memory, as a fresh machine without any key would: with the simulated model and no network. */
export function runGraph(graph: Graph, input: unknown): Promise<RunOutcome> {
  const host: RunHost = {
    executionId: 'execution',
    signal: new AbortController().signal,
    limits: { maxSteps: 1_000, maxOutputBytes: 1_000_000, maxTokens: 1_000_000 },
    services: { generate, http: () => Promise.reject(new Error('There is no network here.')) },
    recorded: () => undefined,
    emit: () => undefined,
    delta: () => undefined,
    record: () => undefined,
    commit: () => Promise.resolve(),
  };
  return walk(compilePlan(graph, nodeKinds), input, host);
}

const models = createProviders({
  fetch: () => Promise.reject(new Error('There is no network here.')),
  simulated: { wordsPerSecond: 0 },
});

async function generate({ model, system, prompt, schema }: GenerateRequest): Promise<GenerateReply> {
  const { usage, finishReason, warnings, ...result } = await collectStream(models.languageModel(model), {
    messages: [
      ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
      { role: 'user', content: prompt },
    ],
    ...(schema && { responseFormat: { type: 'json', schema } }),
  });
  return { ...result, usage, finishReason: finishReason.unified, warnings: warnings.map(({ message }) => message) };
}
