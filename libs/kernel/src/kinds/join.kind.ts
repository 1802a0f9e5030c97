import { z } from 'zod';
import { compileExpression } from '../expression/expression.js';
import { mapResult } from '../map-result.js';
import { defineNodeKind } from './define-node-kind.js';
import { expressionField } from './fields.js';

const configSchema = z.strictObject({
  mode: z.enum(['all', 'first']).meta({
    title: 'Mode',
    description:
      'all: waits for every way that can still arrive. first: goes on with the first and gives up the others.',
    'x-editor': 'select',
  }),
  expression: expressionField(
    'Output',
    'JSONata whose value is the output of this step. Empty: the outputs of the nodes that have arrived, by their ids.',
  ).optional(),
});

export const joinKind = defineNodeKind<z.infer<typeof configSchema>>({
  kind: 'join',
  title: 'Join',
  description: 'Brings several ways together: all of them, or the first.',
  icon: 'git-merge',
  group: 'flow',
  effect: 'pure',
  configSchema,
  defaults: { mode: 'all' },
  needsEdges: true,
  ports: () => ['out'],
  joins: ({ mode }) => mode,
  summary: ({ mode }) => (mode === 'all' ? 'waits for all' : 'the first wins'),
  sources: ({ expression }) =>
    expression ? [{ pointer: '/config/expression', language: 'expression', text: expression }] : [],
  compile: ({ mode, expression: text }) => {
    const expression = text ? compileExpression(text) : undefined;
    return ({ scope, arrivals }) => {
      if (expression !== undefined) return mapResult(expression.evaluate(scope), (output) => ({ output }));
      const ids = mode === 'first' ? arrivals.slice(0, 1) : arrivals;
      return { output: Object.fromEntries(ids.map((id) => [id, scope.steps[id] ?? null])) };
    };
  },
});
