import { z } from 'zod';
import type { Source } from '../node-kind.js';
import { StepError } from '../step-error.js';
import { compileTemplate } from '../template/template.js';
import { defineNodeKind } from './define-node-kind.js';
import { templateField, waitLimitField } from './fields.js';

const TIMEOUT_PORT = 'timeout';
const MAX_CORRELATION_LENGTH = 200;

const configSchema = z.strictObject({
  event: z
    .string()
    .max(100)
    .regex(/^[A-Za-z][\w.:-]*$/, 'letters, digits and . : _ - with a letter first, for example "order.paid"')
    .meta({ title: 'Event', description: 'Its name, as POST /events sends it.', 'x-editor': 'text' }),
  correlation: templateField(
    'Correlation',
    'Which one of the events with this name, for example {{ input.orderId }}. Empty: any of them.',
  )
    .max(2_000)
    .optional(),
  timeoutMs: waitLimitField('After this time the run goes on by the port “timeout”. Empty: waits as long as it takes.'),
});

export const waitForEventKind = defineNodeKind<z.infer<typeof configSchema>>({
  kind: 'wait-for-event',
  title: 'Wait for event',
  description: 'Waits, without keeping a worker, until an event arrives from outside.',
  icon: 'radio',
  group: 'flow',
  effect: 'effectful',
  configSchema,
  defaults: { event: 'order.paid' },
  ports: () => ['out', TIMEOUT_PORT],
  summary: ({ event }) => event,
  sources: ({ correlation }): readonly Source[] =>
    correlation ? [{ pointer: '/config/correlation', language: 'template', text: correlation }] : [],
  compile: ({ event: name, correlation, timeoutMs }) => {
    const template = correlation ? compileTemplate(correlation) : undefined;
    return async (context) => {
      const wanted = template && readCorrelation(template.render(context.scope));
      const { decision, data } = await context.wait({
        kind: 'event',
        key: '',
        title: `Waits for ${name}${wanted === undefined ? '' : ` (${wanted})`}`,
        event: { name, ...(wanted !== undefined && { correlation: wanted }) },
        ...(timeoutMs !== undefined && { dueAt: Date.now() + timeoutMs }),
      });
      return decision === TIMEOUT_PORT ? { output: null, port: TIMEOUT_PORT } : { output: data ?? null };
    };
  },
});

/** An empty one would wait for any event of this name, which nobody who wrote a template means. */
function readCorrelation(rendered: string): string {
  const text = rendered.trim();
  if (text !== '' && text.length <= MAX_CORRELATION_LENGTH) return text;
  throw new StepError({
    code: 'event.invalid_correlation',
    message: `The correlation must have 1 to ${MAX_CORRELATION_LENGTH} characters, and has ${text.length}: check the values in its template.`,
    retryable: false,
  });
}
