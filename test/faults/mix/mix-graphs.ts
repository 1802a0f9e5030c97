import type { Graph, GraphNode } from '../../support/clients/agents.client.js';
import { chain } from '../../support/graphs/chain.js';
import { secrets } from '../ground/secrets.js';
import { models } from '../outside/scripted-provider.js';

/** Where the runs of the mix act: below the name of the run, so that each act belongs to one step of one run. */
const at = (world: string, behaviour: string, rest: string): string => `${world}/${behaviour}/{{ input.name }}/${rest}`;

const reading = (world: string, id: string): GraphNode => ({
  id,
  kind: 'http',
  config: { method: 'GET', url: at(world, 'reads', id) },
  retry: { maxAttempts: 3, backoffMs: 100 },
});

/** A POST that the other side bears twice under its key. */
const repeatable = (world: string, id: string, rest = id): GraphNode => ({
  id,
  kind: 'http',
  config: { method: 'POST', url: at(world, 'honours', rest), body: '{}', idempotent: true },
  retry: { maxAttempts: 3, backoffMs: 100 },
});

/** A POST that must not be sent twice; its header carries a secret. */
const once = (world: string, id: string): GraphNode => ({
  id,
  kind: 'http',
  config: {
    method: 'POST',
    url: at(world, 'acts', id),
    headers: { Authorization: `Bearer ${secrets.header}` },
    body: '{}',
  },
});

const pureNode = (id: string): GraphNode => ({ id, kind: 'transform', config: { expression: '{ "n": 1 + 1 }' } });

/** A graph whose edges are `from > to` or `from.port > to`, between a start that takes anything and an output. */
function drawn(nodes: readonly GraphNode[], ...edges: readonly string[]): Graph {
  return {
    nodes: [
      { id: 'start', kind: 'start', config: { schema: { type: 'object' } } },
      ...nodes,
      { id: 'out', kind: 'output', config: { expression: '{ "done": true }' } },
    ],
    edges: edges.map((edge) => {
      const [from = '', to = ''] = edge.split(' > ');
      const [id = '', port] = from.split('.');
      return { from: id, to, ...(port !== undefined && { port }) };
    }),
  };
}

/** One agent per kind of work; every run of them succeeds when it is let. */
export const mixGraphs = {
  pure: () => chain([pureNode('one'), pureNode('two'), pureNode('three')]),
  calls: (world) => chain([reading(world, 'look'), repeatable(world, 'book'), once(world, 'pay')]),
  model: () => chain([{ id: 'say', kind: 'llm', config: { model: models.ready, prompt: 'Say something.' } }]),
  delay: (world) => chain([{ id: 'rest', kind: 'delay', config: { ms: 500 } }, repeatable(world, 'book')]),
  approval: (world) =>
    drawn(
      [{ id: 'ask', kind: 'approval', config: { title: 'May {{ input.name }} go on?' } }, repeatable(world, 'book')],
      'start > ask',
      'ask.approved > book',
      'book > out',
    ),
  event: (world) =>
    chain([
      { id: 'listen', kind: 'wait-for-event', config: { event: 'go-on', correlation: '{{ input.name }}' } },
      repeatable(world, 'book'),
    ]),
  map: (world) => {
    const { kind, config, retry } = repeatable(world, 'item', 'item-{{ vars.index }}');
    return chain([
      { id: 'each', kind: 'map', config: { items: '[1, 2, 3, 4]', node: { kind, config, retry }, concurrency: 2 } },
    ]);
  },
  loop: (world) =>
    drawn(
      [
        { id: 'again', kind: 'loop', config: { items: '[1, 2, 3]', maxIterations: 10 } },
        repeatable(world, 'turn', 'turn-{{ steps.again.index }}'),
      ],
      'start > again',
      'again.body > turn',
      'again.done > out',
    ),
  branches: (world) =>
    drawn(
      [
        { id: 'fork', kind: 'parallel', config: {} },
        repeatable(world, 'left'),
        once(world, 'right'),
        { id: 'meet', kind: 'join', config: { mode: 'all' } },
      ],
      'start > fork',
      'fork > left',
      'fork > right',
      'left > meet',
      'right > meet',
      'meet > out',
    ),
  tools: () =>
    chain([
      {
        id: 'helper',
        kind: 'agent',
        config: { model: models.ready, prompt: 'What is six by seven?', tools: [{ name: 'calculator' }] },
      },
    ]),
  code: (world) =>
    chain([
      { id: 'count', kind: 'code', config: { source: 'function main(input) { return { n: 7 }; }', input: 'input' } },
      repeatable(world, 'book'),
    ]),
} satisfies Readonly<Record<string, (world: string) => Graph>>;

/** Started by the mix as a step of another run, and by that one only. */
export const parentOf = (agentId: string): Graph =>
  chain([
    {
      id: 'below',
      kind: 'sub-agent',
      config: { agentId, input: '{ "name": input.name & "-below" }' },
    },
  ]);

/** Paths below the name of the run at which each agent acts, once. */
export const actsOf: Readonly<Record<string, readonly string[]>> = {
  calls: ['honours:book', 'acts:pay'],
  delay: ['honours:book'],
  approval: ['honours:book'],
  event: ['honours:book'],
  map: ['honours:item-0', 'honours:item-1', 'honours:item-2', 'honours:item-3'],
  loop: ['honours:turn-0', 'honours:turn-1', 'honours:turn-2'],
  branches: ['honours:left', 'acts:right'],
  code: ['honours:book'],
  below: ['honours:book', 'acts:pay'],
};
