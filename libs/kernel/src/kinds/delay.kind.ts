import { z } from 'zod';
import { compileExpression } from '../expression/expression.js';
import { GRAPH_LIMITS } from '../graph-limits.js';
import type { StepContext, StepResult } from '../node-kind.js';
import type { Problem } from '../problem.js';
import { StepError } from '../step-error.js';
import { defineNodeKind } from './define-node-kind.js';
import { expressionField } from './fields.js';

const configSchema = z.strictObject({
  ms: z
    .int()
    .min(0)
    .max(GRAPH_LIMITS.maxWaitMs)
    .meta({ title: 'For (ms)', description: 'How long to wait, in milliseconds.', 'x-editor': 'number' })
    .optional(),
  until: expressionField(
    'Until',
    'Instead of a duration: JSONata that gives a moment, as RFC 3339 text ("2030-01-31T09:00:00Z") or in milliseconds since 1970.',
  )
    .min(1)
    .optional(),
});

type DelayConfig = z.infer<typeof configSchema>;

export const delayKind = defineNodeKind<DelayConfig>({
  kind: 'delay',
  title: 'Delay',
  description: 'Waits for a time or until a moment, without keeping a worker.',
  icon: 'clock',
  group: 'flow',
  effect: 'effectful',
  configSchema,
  defaults: { ms: 60_000 },
  ports: () => ['out'],
  summary: ({ ms, until }) => (until === undefined ? `${ms ?? 0} ms` : `until ${until}`),
  sources: ({ until }) => (until ? [{ pointer: '/config/until', language: 'expression', text: until }] : []),
  check: findChoiceProblems,
  compile: ({ ms, until }) => {
    const moment = until === undefined ? undefined : compileExpression(until);
    return async (context) => {
      if (moment === undefined) return waitUntil(Date.now() + (ms ?? 0), context);
      return waitUntil(readMoment(await moment.evaluate(context.scope)), context);
    };
  },
});

function findChoiceProblems({ ms, until }: DelayConfig): readonly Problem[] {
  if ((ms === undefined) !== (until === undefined)) return [];
  const message =
    ms === undefined
      ? 'A delay needs a duration “ms” or a moment “until”: fill in one of them.'
      : 'A delay has either a duration “ms” or a moment “until”: remove one of them.';
  return [{ pointer: ms === undefined ? '/config/ms' : '/config/until', code: 'delay.one_of', message }];
}

/** A run that comes back later would count a duration from then: so the first wait's own moment is what counts. */
async function waitUntil(dueAt: number, context: StepContext): Promise<StepResult> {
  if (dueAt <= Date.now()) return { output: { until: new Date(dueAt).toISOString() } };
  const title = `Waits until ${new Date(dueAt).toISOString()}`;
  const { data } = await context.wait({ kind: 'timer', key: '', title, dueAt });
  return { output: { until: new Date(typeof data === 'number' ? data : dueAt).toISOString() } };
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i;

function readMoment(value: unknown): number {
  const moment = typeof value === 'string' && RFC_3339.test(value) ? Date.parse(value) : value;
  if (typeof moment !== 'number' || !Number.isFinite(moment)) {
    throw new StepError({
      code: 'delay.invalid_moment',
      message: `“until” gave ${describeValue(value)}, which is no moment: use RFC 3339 text such as "2030-01-31T09:00:00Z" or milliseconds since 1970.`,
      retryable: false,
    });
  }
  if (moment - Date.now() > GRAPH_LIMITS.maxWaitMs) {
    throw new StepError({ code: 'delay.too_far', message: 'A delay lasts at most 366 days.', retryable: false });
  }
  return Math.max(0, moment);
}

function describeValue(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 100);
}
