import { z } from 'zod';
import { compileExpression } from '../expression/expression.js';
import type { CompileKit, InnerNode, InnerStep } from '../node-kind.js';
import type { Problem } from '../problem.js';
import { retrySchema, timeoutMsSchema } from '../validate/graph-schema.js';
import { asList } from './as-list.js';
import { defineNodeKind } from './define-node-kind.js';
import { agentVersionField, expressionField } from './fields.js';
import { mapItems } from './map/map-items.js';
import { runAgent } from './run-agent.js';

const NODE_POINTER = '/config/node';
const DEFAULT_CONCURRENCY = 5;

const configSchema = z.strictObject({
  items: expressionField('Items', 'JSONata that gives a list, at most 10,000 long.').min(1),
  node: z
    .strictObject({
      kind: z.string().max(100),
      config: z.record(z.string(), z.unknown()),
      retry: retrySchema.optional(),
      timeoutMs: timeoutMsSchema.optional(),
    })
    .meta({
      title: 'For each item',
      description: 'What is done with each; it sees the item as vars.item and its place as vars.index.',
      'x-editor': 'node',
    })
    .optional(),
  agentId: z
    .uuid()
    .meta({
      title: 'Agent for each item',
      description: 'Instead of a node: the agent that runs with each item as its input.',
      'x-editor': 'text',
    })
    .optional(),
  version: agentVersionField(),
  concurrency: z
    .int()
    .min(1)
    .max(50)
    .meta({
      title: 'At once',
      description: `Items that are worked on at the same time; ${DEFAULT_CONCURRENCY} when empty.`,
      'x-editor': 'number',
    })
    .optional(),
  onError: z
    .enum(['fail', 'keep'])
    .meta({
      title: 'When an item fails',
      description: 'fail: the step fails. keep: the item’s place in the list has { "error": … } and the others go on.',
      'x-editor': 'select',
    })
    .optional(),
});

type MapConfig = z.infer<typeof configSchema>;

export const mapKind = defineNodeKind<MapConfig>({
  kind: 'map',
  title: 'Map',
  description: 'Does the same with every item of a list, several at a time, and keeps their order.',
  icon: 'list-checks',
  group: 'flow',
  effect: 'effectful',
  configSchema,
  defaults: { items: 'input.items', node: { kind: 'transform', config: { expression: 'vars.item' } } },
  ports: () => ['out'],
  summary: ({ items, node }) => `${node?.kind ?? 'agent'} for each of ${items}`,
  sources: ({ items }) => [{ pointer: '/config/items', language: 'expression', text: items }],
  innerNodes: ({ node }) => (node ? [innerNodeOf(node)] : []),
  check: findChoiceProblems,
  compile: (config, _node, kit) => {
    const items = compileExpression(config.items);
    const step = stepForItem(config, kit);
    const settings = { concurrency: config.concurrency ?? DEFAULT_CONCURRENCY, onError: config.onError ?? 'fail' };
    return async (context) => ({
      output: await mapItems(asList(await items.evaluate(context.scope)), step, settings, context),
    });
  },
});

function innerNodeOf(node: NonNullable<MapConfig['node']>): InnerNode {
  return { pointer: NODE_POINTER, ...node };
}

function stepForItem({ node, agentId, version }: MapConfig, kit: CompileKit): Omit<InnerStep, 'path'> {
  if (node !== undefined) return kit.inner(innerNodeOf(node));
  const agent = { agentId: agentId as string, ...(version !== undefined && { version }) };
  return {
    kind: 'sub-agent',
    effect: 'effectful',
    run: (context) => runAgent(agent, context.scope.vars.item, context),
  };
}

function findChoiceProblems({ node, agentId, version }: MapConfig): readonly Problem[] {
  if ((node === undefined) === (agentId === undefined)) {
    const message =
      node === undefined
        ? 'A map needs a node “node” or an agent “agentId” for its items: fill in one of them.'
        : 'A map has either a node “node” or an agent “agentId” for its items: remove one of them.';
    return [{ pointer: node === undefined ? NODE_POINTER : '/config/agentId', code: 'map.one_of', message }];
  }
  if (version === undefined || agentId !== undefined) return [];
  const message = 'The field “version” belongs to “agentId”, which is not there: remove it.';
  return [{ pointer: '/config/version', code: 'map.version_without_agent', message }];
}
