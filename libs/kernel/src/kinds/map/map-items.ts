import { JsonValueError, MAX_JSON_DEPTH, toPlainJson } from '../../json/plain-json.js';
import type { InnerStep, StepContext } from '../../node-kind.js';
import type { StepRecord } from '../../run-host.js';
import { StepError } from '../../step-error.js';

const MAX_ITEMS = 10_000;

export interface MapSettings {
  readonly concurrency: number;
  /** `keep`: a failed item leaves `{ error: { code, message } }` in its place. */
  readonly onError: 'fail' | 'keep';
}

/**
 * Runs the step once for each item, a few at a time, and gives the results in the order of the items.
 *
 * @throws StepError `map.too_many_items`, `map.output_too_large`, and the error of the first item that fails
 */
export async function mapItems(
  items: readonly unknown[],
  step: Omit<InnerStep, 'path'>,
  { concurrency, onError }: MapSettings,
  context: StepContext,
): Promise<readonly unknown[]> {
  if (items.length > MAX_ITEMS) throw tooManyItems(items.length);
  const results = new Array<unknown>(items.length).fill(null);
  let bytesLeft = context.maxOutputBytes;
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      const scope = { ...context.scope, vars: { ...context.scope.vars, item: items[index], index } };
      const record = await context.step({ ...step, path: String(index), scope });
      const result = resultOf(record, index, onError);
      bytesLeft -= weigh(result, bytesLeft, index);
      results[index] = result;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  return results;
}

function resultOf({ status, output, error }: StepRecord, index: number, onError: MapSettings['onError']): unknown {
  if (status === 'succeeded') return output ?? null;
  const { code = 'step.failed', message = 'The item failed.' } = error ?? {};
  if (onError === 'keep') return { error: { code, message } };
  throw new StepError({ code, message: `Item ${index}: ${message}`, retryable: error?.retryable ?? false });
}

/** Found out while it grows, not when everything has been paid for. */
function weigh(result: unknown, bytesLeft: number, index: number): number {
  try {
    return toPlainJson(result, { maxBytes: bytesLeft, maxDepth: MAX_JSON_DEPTH }).bytes + 1;
  } catch (error) {
    if (!(error instanceof JsonValueError)) throw error;
    throw new StepError({
      code: 'map.output_too_large',
      message: `With item ${index} the results weigh more than a step's output may: let each item give less.`,
      retryable: false,
    });
  }
}

function tooManyItems(count: number): StepError {
  return new StepError({
    code: 'map.too_many_items',
    message: `The list has ${count} items, and a map takes at most ${MAX_ITEMS}: split it.`,
    retryable: false,
  });
}
