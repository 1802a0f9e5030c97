import { z } from 'zod';
import { compileExpression } from '../expression/expression.js';
import { ERROR_PORT } from '../graph.js';
import type { Problem } from '../problem.js';
import { defineNodeKind } from './define-node-kind.js';
import { expressionField } from './fields.js';
import { mapResult } from '../map-result.js';

const OTHERWISE = 'default';

const configSchema = z.strictObject({
  expression: expressionField('Value', 'JSONata whose value, as text, chooses the way.').min(1),
  cases: z.array(z.string().min(1).max(100)).min(1).max(100).meta({
    title: 'Cases',
    description: 'One port for each; anything else leaves by “default”.',
    'x-editor': 'string-list',
  }),
});

export const switchKind = defineNodeKind<z.infer<typeof configSchema>>({
  kind: 'switch',
  title: 'Switch',
  description: 'Continues by the case that a value equals.',
  icon: 'route',
  group: 'flow',
  effect: 'pure',
  configSchema,
  defaults: { expression: 'input.kind', cases: ['a', 'b'] },
  needsEdges: true,
  portsDependOnConfig: true,
  ports: ({ cases }) => [...cases, OTHERWISE],
  summary: ({ expression }) => expression,
  sources: ({ expression }) => [{ pointer: '/config/expression', language: 'expression', text: expression }],
  check: ({ cases }) => cases.flatMap((name, index) => findCaseProblem(cases, name, index) ?? []),
  compile: (config) => {
    const expression = compileExpression(config.expression);
    const cases = new Set(config.cases);
    return ({ scope }) =>
      mapResult(expression.evaluate(scope), (output) => {
        const text = typeof output === 'string' ? output : (JSON.stringify(output) ?? 'undefined');
        return { output, port: cases.has(text) ? text : OTHERWISE };
      });
  },
});

function findCaseProblem(cases: readonly string[], name: string, index: number): Problem | undefined {
  const pointer = `/config/cases/${index}`;
  if (name === OTHERWISE || name === ERROR_PORT) {
    return {
      pointer,
      code: 'switch.reserved_case',
      message: `The port “${name}” exists already: choose another name.`,
    };
  }
  if (cases.indexOf(name) < index) {
    return { pointer, code: 'switch.duplicate_case', message: `The case “${name}” is there twice: remove one.` };
  }
  return undefined;
}
