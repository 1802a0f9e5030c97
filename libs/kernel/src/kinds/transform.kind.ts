import { z } from 'zod';
import { compileExpression } from '../expression/expression.js';
import { defineNodeKind } from './define-node-kind.js';
import { expressionField } from './fields.js';
import { mapResult } from '../map-result.js';

const configSchema = z.strictObject({
  expression: expressionField(
    'Expression',
    'JSONata over input, steps and vars; its value is the output of this step.',
  ).min(1),
});

export const transformKind = defineNodeKind<z.infer<typeof configSchema>>({
  kind: 'transform',
  title: 'Transform',
  description: 'Computes a value from the input and the outputs of earlier steps.',
  icon: 'braces',
  group: 'data',
  effect: 'pure',
  configSchema,
  defaults: { expression: 'input' },
  ports: () => ['out'],
  summary: ({ expression }) => expression,
  sources: ({ expression }) => [{ pointer: '/config/expression', language: 'expression', text: expression }],
  compile: (config) => {
    const expression = compileExpression(config.expression);
    return ({ scope }) => mapResult(expression.evaluate(scope), (output) => ({ output }));
  },
});
