import type { ApiClient } from './clients/api.client.js';
import type { Execution, ExecutionEvent } from './clients/executions.client.js';

const FINAL = ['succeeded', 'failed', 'cancelled', 'timed_out'];

/**
 * Checks what must hold for every run that has ended, whatever happened to it, over the public API:
 * I-02 it is terminal · I-03 one committed result per step path · I-05 log 1…n, without gap or double, one end, last.
 * @returns the run and its log, for what the story itself has to say
 */
export async function expectWholeRun(
  { executions }: ApiClient,
  id: string,
): Promise<{ execution: Execution; events: ExecutionEvent[] }> {
  const execution = await executions.get(id);
  expect(FINAL).toContain(execution.status);

  const events = await executions.allEvents(id);
  expectGapless(events);
  expect(events.filter(({ type }) => type === 'execution-end')).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ type: 'execution-end', data: { status: execution.status } });
  expect(execution.lastSeq).toBe(events.length);
  expect(new Set(events.map(({ executionId }) => executionId))).toEqual(new Set([id]));

  const paths = (await executions.steps(id)).map(({ path }) => path);
  expectNoDoubles(paths);
  expectNoDoubles(events.filter(({ type }) => type === 'step-end').map(({ stepId }) => stepId ?? ''));
  return { execution, events };
}

/** I-05 for a log that was received piece by piece: from `first` on, each number once, in order. */
export function expectGapless(events: readonly ExecutionEvent[], first = 1): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => first + index));
}

/** I-10: all these starts under one key are one run. @returns its id */
export function expectOneRun(starts: readonly { readonly id: string }[]): string {
  const [id, ...others] = new Set(starts.map((start) => start.id));
  expect(others).toEqual([]);
  return id ?? '';
}

function expectNoDoubles(names: readonly string[]): void {
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
}
