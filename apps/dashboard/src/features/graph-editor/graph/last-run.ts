import type { Execution, ExecutionStep } from '@/shared/api/generated/schema';

/** What the newest run of an agent has worked with, by node. */
export interface LastRun {
  executionId: string;
  input: unknown;
  /** The latest step of each node. */
  steps: ReadonlyMap<string, LastStep>;
}

export interface LastStep {
  status: ExecutionStep['status'];
  output: unknown;
  /** How an output begins that is too large to come along; null for every other one. */
  beginning: string | null;
  /** Why it failed. */
  message: string | null;
  finishedAt: string | null;
}

/** Puts a run and the rows of its steps together. Steps inside of a node do not speak for it; of the rounds of a loop the last does. */
export function lastRunOf(
  execution: Pick<Execution, 'id' | 'input' | 'large'>,
  rows: readonly ExecutionStep[],
): LastRun {
  const steps = new Map<string, LastStep>();
  for (const { path, nodeId, kind, status, output, error, large, finishedAt } of rows) {
    const own = kind === 'loop' ? path.replace(/\/\d+(?:~\d+)?$/, '') : path;
    if (own !== nodeId && !own.endsWith(`/${nodeId}`)) continue;
    const before = steps.get(nodeId);
    if (before && (before.finishedAt ?? '') > (finishedAt ?? '')) continue;
    const beginning = large?.output?.preview ?? null;
    steps.set(nodeId, {
      status,
      output: beginning === null ? output : undefined,
      beginning,
      message: error?.message ?? null,
      finishedAt,
    });
  }
  return { executionId: execution.id, input: execution.large?.input ? undefined : execution.input, steps };
}

const LONGEST_PREVIEW = 48;

/** What a step gave in a few words. */
export function gist({ message, beginning, output }: LastStep): string {
  if (message !== null) return message;
  return beginning === null ? previewOf(output) : `${beginning.slice(0, LONGEST_PREVIEW)}…`;
}

/** A value in a few words: texts in quotes, lists and objects by their size. */
export function previewOf(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.length === 1 ? 'list of 1' : `list of ${value.length}`;
  const text = JSON.stringify(value) ?? '';
  if (typeof value === 'object' && value !== null && text.length > LONGEST_PREVIEW)
    return `{ ${Object.keys(value).slice(0, 4).join(', ')}${Object.keys(value).length > 4 ? ', …' : ''} }`;
  return text.length > LONGEST_PREVIEW ? `${text.slice(0, LONGEST_PREVIEW)}…` : text;
}
