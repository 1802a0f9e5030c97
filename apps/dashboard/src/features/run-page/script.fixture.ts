import type { ExecutionEvent } from '@/shared/api/generated/schema';

const START_MS = Date.parse('2026-11-21T10:00:00.000Z');

export const EXECUTION_ID = '01890000-0000-7000-8000-000000000001';

/** A moment of the scripted run, in milliseconds after its start. */
export const momentOf = (ms: number): string => new Date(START_MS + ms).toISOString();

type Line = [atMs: number, type: ExecutionEvent['type'], stepId: string | null, data: Record<string, unknown>];

/** Events as the server numbers them, from lines of a script. */
export function scriptOf(lines: readonly Line[]): ExecutionEvent[] {
  return lines.map(([atMs, type, stepId, data], index) => ({
    executionId: EXECUTION_ID,
    seq: index + 1,
    at: momentOf(atMs),
    type,
    ...(stepId !== null && { stepId }),
    data,
  }));
}

const RATE_LIMITED = {
  code: 'provider.rate_limited',
  message: 'The provider answered 429.',
  retryable: true,
  stepId: 'sum',
};
const USAGE = { inputTokens: 1240, outputTokens: 340, cachedInputTokens: 0, costMicroUsd: 4217 };

/** A run whose worker vanishes during its model step, which then needs two tries. */
export const RESUMED_RUN = scriptOf([
  [0, 'execution-start', null, { agentId: 'a1', version: 3, attempt: 1 }],
  [0, 'step-start', 'start', { kind: 'start', try: 1 }],
  [2, 'step-end', 'start', { status: 'succeeded', port: 'out', tries: 1, output: {} }],
  [5, 'step-start', 'sum', { kind: 'llm', name: 'Summarise', try: 1 }],
  [100, 'text-delta', 'sum', { text: 'Half an ans' }],
  [2000, 'execution-resume', null, { attempt: 2 }],
  [2010, 'step-start', 'sum', { kind: 'llm', name: 'Summarise', try: 1 }],
  [2200, 'step-retry', 'sum', { try: 1, waitMs: 500, error: RATE_LIMITED }],
  [2700, 'step-start', 'sum', { kind: 'llm', name: 'Summarise', try: 2 }],
  [2800, 'text-delta', 'sum', { text: 'The parcel ' }],
  [2900, 'text-delta', 'sum', { text: 'came late.' }],
  [
    3000,
    'step-end',
    'sum',
    {
      status: 'succeeded',
      port: 'out',
      tries: 2,
      output: { text: 'The parcel came late.' },
      usage: USAGE,
      simulated: true,
    },
  ],
  [3010, 'execution-end', null, { status: 'succeeded', output: { text: 'The parcel came late.' }, usage: USAGE }],
]);
