import { z } from 'zod';
import { compileExpression, type Expression } from '../expression/expression.js';
import { isTruthy } from '../expression/truth.js';
import { mapResult } from '../map-result.js';
import type { LoopState, Scope, Source, StepResult } from '../node-kind.js';
import type { Problem } from '../problem.js';
import { defineNodeKind } from './define-node-kind.js';
import { expressionField } from './fields.js';
import { asList } from './as-list.js';

const BODY_PORT = 'body';
const DONE_PORT = 'done';

const configSchema = z.strictObject({
  items: expressionField(
    'For each of',
    'JSONata that gives a list; the body runs once for each item, which is steps.<id of the loop>.item there.',
  ).optional(),
  while: expressionField(
    'While',
    'Instead of a list: JSONata asked before each iteration, for example steps.check.score < 8. It sees the steps of the iteration before; before the first one there are none, and a condition that gives nothing then counts as true.',
  ).optional(),
  maxIterations: z.int().min(1).max(1_000).meta({
    title: 'At most',
    description: 'The loop ends after so many iterations in any case.',
    'x-editor': 'number',
  }),
});

type LoopConfig = z.infer<typeof configSchema>;

export const loopKind = defineNodeKind<LoopConfig>({
  kind: 'loop',
  title: 'Loop',
  description: 'Repeats everything behind its port “body”, then goes on by “done”.',
  icon: 'repeat',
  group: 'flow',
  effect: 'pure',
  configSchema,
  defaults: { items: 'input.items', maxIterations: 100 },
  needsEdges: true,
  bodyPort: BODY_PORT,
  ports: () => [BODY_PORT, DONE_PORT],
  summary: (config) =>
    config.items ? `for each of ${config.items}` : config.while ? `while ${config.while}` : `${config.maxIterations} ×`,
  sources: (config): readonly Source[] => [
    ...(config.items ? [{ pointer: '/config/items', language: 'expression', text: config.items } as const] : []),
    ...(config.while
      ? [{ pointer: '/config/while', language: 'expression', text: config.while, seesBody: true } as const]
      : []),
  ],
  check: findChoiceProblems,
  compile: (config) => {
    const decide = config.items
      ? decideByItems(compileExpression(config.items))
      : decideByCondition(config.while ? compileExpression(config.while) : undefined);
    return ({ scope, loop }) => {
      if (loop === undefined) throw new TypeError('A loop runs as a node of the graph only');
      const { index } = loop;
      const leave = (stopped: 'done' | 'limit' | 'break'): StepResult => ({
        output: { iterations: index, stopped },
        port: DONE_PORT,
      });
      if (loop.isBroken) return leave('break');
      return mapResult(decide(scope, loop), (next) => {
        if (next === undefined) return leave('done');
        if (index >= config.maxIterations) return leave('limit');
        return { output: { index, ...(next as object) }, port: BODY_PORT };
      });
    };
  },
});

/** What the body gets to see beside its index, or undefined when there is nothing more to do. */
type Decide = (scope: Scope, loop: LoopState) => unknown;

function decideByCondition(condition: Expression | undefined): Decide {
  if (condition === undefined) return () => ({});
  return (scope, { index }) =>
    mapResult(condition.evaluate(scope), (value) => {
      const knowsNothingYet = index === 0 && value === undefined;
      return knowsNothingYet || isTruthy(value) ? {} : undefined;
    });
}

/** The list is computed once, when the loop begins or an attempt comes to it: it depends on nothing in the body. */
function decideByItems(expression: Expression): Decide {
  const lists = new WeakMap<LoopState, readonly unknown[]>();
  const itemOf = (items: readonly unknown[], { index }: LoopState): unknown =>
    index < items.length ? { item: items[index] } : undefined;
  return (scope, loop) => {
    const known = lists.get(loop);
    if (known !== undefined) return itemOf(known, loop);
    return mapResult(expression.evaluate(scope), (value) => {
      const items = asList(value);
      lists.set(loop, items);
      return itemOf(items, loop);
    });
  };
}

function findChoiceProblems(config: LoopConfig): readonly Problem[] {
  if (!config.items || !config.while) return [];
  const message = 'A loop has either a list “items” or a condition “while”: remove one of them.';
  return [{ pointer: '/config/while', code: 'loop.one_of', message }];
}
