import { z } from 'zod';
import { compileExpression } from '../expression/expression.js';
import { defineNodeKind } from './define-node-kind.js';
import { expressionField } from './fields.js';

const MAX_CODE_MS = 30_000;

const configSchema = z.strictObject({
  source: z.string().min(1).max(100_000).meta({
    title: 'JavaScript',
    description:
      'function main(input) { … }, export default, or the body of a function that returns. Async is fine; there are no modules, no network and no timers.',
    'x-editor': 'code',
  }),
  input: expressionField(
    'Input',
    'JSONata for what the code gets as input. Empty: { input, steps, vars }, all that expressions see.',
  ).optional(),
  timeoutMs: z
    .int()
    .min(10)
    .max(MAX_CODE_MS)
    .meta({ title: 'Working time (ms)', description: 'Empty: 5 seconds.', 'x-editor': 'number' })
    .optional(),
});

export const codeKind = defineNodeKind<z.infer<typeof configSchema>>({
  kind: 'code',
  title: 'Code',
  description: 'Runs JavaScript in a sandbox and continues with what it returns.',
  icon: 'code',
  group: 'data',
  // It may ask for the time and for random numbers, so a second run need not give the same.
  effect: 'effectful',
  configSchema,
  defaults: { source: 'function main(input) {\n  return { length: input.text.length };\n}\n', input: 'input' },
  ports: () => ['out'],
  summary: ({ source }) => firstLine(source),
  sources: ({ input }) => (input ? [{ pointer: '/config/input', language: 'expression', text: input }] : []),
  compile: ({ source, input, timeoutMs }) => {
    const expression = input ? compileExpression(input) : undefined;
    return async (context) => {
      const { scope, signal, idempotencyKey } = context;
      const given = expression ? await expression.evaluate(scope) : { ...scope, steps: { ...scope.steps } };
      // The whole scope is on the run page already.
      if (expression) context.showInput({ input: given ?? null });
      const { value } = await context.services.code(
        { source, input: given ?? null, ...(timeoutMs !== undefined && { timeoutMs }) },
        { signal, idempotencyKey, onLog: (level, message) => context.log(level, message) },
      );
      return { output: value };
    };
  },
});

function firstLine(source: string): string {
  return (
    source
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim()
      .slice(0, 100) ?? ''
  );
}
