import { z } from 'zod';
import { compileExpression } from '../expression/expression.js';
import { isTruthy } from '../expression/truth.js';
import { defineNodeKind } from './define-node-kind.js';
import { expressionField } from './fields.js';
import { mapResult } from '../map-result.js';

const configSchema = z.strictObject({
  expression: expressionField(
    'Condition',
    'JSONata that is true or false. Nothing, 0, "", null, [] and {} are false.',
  ).min(1),
});

export const conditionKind = defineNodeKind<z.infer<typeof configSchema>>({
  kind: 'condition',
  title: 'Condition',
  description: 'Continues one way or the other, depending on an expression.',
  icon: 'split',
  group: 'flow',
  effect: 'pure',
  configSchema,
  defaults: { expression: 'true' },
  needsEdges: true,
  ports: () => ['true', 'false'],
  summary: ({ expression }) => expression,
  sources: ({ expression }) => [{ pointer: '/config/expression', language: 'expression', text: expression }],
  compile: (config) => {
    const expression = compileExpression(config.expression);
    return ({ scope }) =>
      mapResult(expression.evaluate(scope), (value) => {
        const output = isTruthy(value);
        return { output, port: String(output) };
      });
  },
});
