import type { GraphNode } from '../graph.js';
import { NodeKindRegistry } from '../node-kind-registry.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome } from '../run-host.js';
import type { GenerateRequest, ModelToolCall } from '../step-services.js';
import { walk } from '../walk.js';
import { FakeStepServices, type FakeTool } from './fake-step-services.js';
import { graph, node } from './graph.factory.js';
import { MemoryRunHost } from './memory-run-host.js';

/** What the model says in each turn: an answer, or calls. */
export type Turn = string | readonly Omit<ModelToolCall, 'id'>[];

/** A call as the model writes it. */
export const call = (name: string, args: unknown = {}): Omit<ModelToolCall, 'id'> => ({
  name,
  arguments: args as ModelToolCall['arguments'],
});

/** A model that says its turns one after the other, and tools; keeps what each was asked. */
export class Outside extends FakeStepServices {
  readonly asked: GenerateRequest[] = [];
  readonly ran: string[] = [];

  constructor(turns: readonly Turn[], tools: readonly FakeTool[] = []) {
    super({
      generate: (request) => {
        this.asked.push(request);
        const turn = turns[(request.turns ?? []).filter(({ role }) => role === 'assistant').length] ?? 'done';
        if (typeof turn === 'string') return { text: turn };
        return { text: '', toolCalls: turn.map((each, index) => ({ id: `model-made-${index}`, ...each })) };
      },
      tools: tools.map((tool) => ({
        ...tool,
        run: (args, context) => {
          this.ran.push(`${tool.name} ${JSON.stringify(args)}`);
          return tool.run(args, context);
        },
      })),
    });
  }
}

/** A tool that adds two numbers. */
export const add: FakeTool = { name: 'add', run: ({ a, b }) => Number(a) + Number(b) };

/** A tool that tells the time, always the same. */
export const now: FakeTool = { name: 'now', run: () => '2026-11-21' };

/** `start > agent > out`, with the tools `add` and `now` unless the configuration has others. */
export const agentPlan = (config: GraphNode['config'] = {}, rest: Partial<GraphNode> = {}) =>
  compilePlan(
    graph(
      [
        node(
          'agent',
          'agent',
          {
            model: 'simulated/offline',
            prompt: 'Do {{ input.task }}',
            tools: [{ name: 'add' }, { name: 'now', description: 'Tells the time' }],
            ...config,
          },
          rest,
        ),
        node('out', 'output', { expression: 'steps.agent' }),
      ],
      'start > agent > out',
    ),
    new NodeKindRegistry(),
  );

/** Walks such a graph to its outcome, with what the model was asked and what was kept. */
export async function walkAgent(
  turns: readonly Turn[],
  config: GraphNode['config'] = {},
  tools: readonly FakeTool[] = [add, now],
): Promise<{ outcome: RunOutcome; outside: Outside; host: MemoryRunHost }> {
  const outside = new Outside(turns, tools);
  const host = new MemoryRunHost({ services: outside });
  return { outcome: await walk(agentPlan(config), { task: 'it' }, host), outside, host };
}
