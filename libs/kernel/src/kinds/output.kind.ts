import { z } from 'zod';
import { compileExpression } from '../expression/expression.js';
import { defineNodeKind } from './define-node-kind.js';
import { expressionField } from './fields.js';
import { mapResult } from '../map-result.js';

const configSchema = z.strictObject({
  expression: expressionField(
    'Output',
    'JSONata whose value is the output of the run. Empty: the outputs of all steps that have finished, by their ids.',
  ).optional(),
});

export const outputKind = defineNodeKind<z.infer<typeof configSchema>>({
  kind: 'output',
  title: 'Output',
  description: 'What the run gives back.',
  icon: 'flag',
  group: 'flow',
  effect: 'pure',
  configSchema,
  defaults: { expression: 'input' },
  needsEdges: true,
  ports: () => [],
  summary: ({ expression }) => expression ?? 'all steps',
  sources: ({ expression }) =>
    expression ? [{ pointer: '/config/expression', language: 'expression', text: expression }] : [],
  compile: (config) => {
    const expression = config.expression ? compileExpression(config.expression) : undefined;
    return ({ scope }) => {
      if (expression === undefined) return { output: { ...scope.steps } };
      return mapResult(expression.evaluate(scope), (output) => ({ output }));
    };
  },
});
