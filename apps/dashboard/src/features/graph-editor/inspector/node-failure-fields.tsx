import { useState } from 'react';
import { formatDuration } from '@/shared/format/format-duration';
import { Field } from '@/shared/ui/field';
import { useEditor } from '../editor-context';
import { changeNode } from '../graph/edit-nodes';
import { nodeName, type GraphNode } from '../graph/graph';
import { fieldMessage } from '../graph/placed-problems';
import { NumberInput } from './number-input';
import { RetryCodes } from './retry-codes';

const MOST_ATTEMPTS = 20;
const LONGEST_BACKOFF_MS = 60_000;
const LONGEST_TIMEOUT_MS = 86_400_000;

/** How often a step is tried, and how long it may take. */
export function NodeFailureFields({ node }: { node: GraphNode }) {
  const { graph, edit, problems, kindOf } = useEditor();
  const { retry, timeoutMs } = node;
  const problem = (field: string) => fieldMessage(problems, node.id, field);
  const hasProblem = problem('/retry') !== undefined || problem('/timeoutMs') !== undefined;
  const [open, setOpen] = useState(
    retry !== undefined || timeoutMs !== undefined || kindOf(node.kind)?.effect === 'effectful',
  );
  const change = (changes: Partial<GraphNode>, what: string) =>
    edit(changeNode(graph, node.id, changes), `change ${what} of ${nodeName(node)}`, {
      mergeKey: `${node.id} ${what}`,
      quiet: true,
    });
  const attempts = retry?.maxAttempts;
  return (
    <details
      open={open || hasProblem}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="border-t pt-3"
    >
      <summary className="min-h-6 cursor-pointer text-sm font-medium">When it fails or takes long</summary>
      <div className="mt-2 flex flex-col gap-3">
        <div data-field="/retry" className="grid grid-cols-2 gap-3">
          <Field label="Attempts" error={problem('/retry/maxAttempts')} hint="All together; empty: 1">
            {(control) => (
              <NumberInput
                {...control}
                min={1}
                max={MOST_ATTEMPTS}
                step={1}
                value={attempts}
                onChange={(next) =>
                  change({ retry: next === undefined ? undefined : { ...retry, maxAttempts: next } }, 'attempts')
                }
              />
            )}
          </Field>
          <Field
            label="First wait (ms)"
            error={problem('/retry/backoffMs')}
            hint={backoffWords(retry?.backoffMs, attempts)}
          >
            {(control) => (
              <NumberInput
                {...control}
                min={0}
                max={LONGEST_BACKOFF_MS}
                step={100}
                disabled={attempts === undefined}
                value={retry?.backoffMs}
                onChange={(next) =>
                  attempts !== undefined &&
                  change({ retry: withoutEmpty({ ...retry, maxAttempts: attempts, backoffMs: next }) }, 'wait')
                }
              />
            )}
          </Field>
        </div>
        {attempts !== undefined && attempts > 1 && retry && (
          <div data-field="/retry/on">
            <RetryCodes
              value={retryOn(retry)}
              error={problem('/retry/on')}
              onChange={(on) => change({ retry: withoutEmpty({ ...retry, on }) }, 'errors to retry')}
            />
          </div>
        )}
        <div data-field="/timeoutMs">
          <Field
            label="Time limit (ms)"
            error={problem('/timeoutMs')}
            hint={
              timeoutMs
                ? `One attempt may take ${formatDuration(timeoutMs)}.`
                : 'For one attempt. Empty: no limit of its own.'
            }
          >
            {(control) => (
              <NumberInput
                {...control}
                min={1}
                max={LONGEST_TIMEOUT_MS}
                step={1000}
                value={timeoutMs}
                onChange={(next) => change({ timeoutMs: next }, 'time limit')}
              />
            )}
          </Field>
        </div>
      </div>
    </details>
  );
}

type Retry = NonNullable<GraphNode['retry']> & { on?: string[] };

function retryOn(retry: Retry): string[] {
  return retry.on ?? [];
}

function withoutEmpty(retry: Retry): Retry {
  const { backoffMs, on, ...rest } = retry;
  return { ...rest, ...(backoffMs !== undefined && { backoffMs }), ...(on && on.length > 0 && { on }) };
}

function backoffWords(backoffMs: number | undefined, attempts: number | undefined): string {
  if (attempts === undefined) return 'Set attempts first';
  return backoffMs ? `${formatDuration(backoffMs)}, then doubling` : 'Doubles each time';
}
