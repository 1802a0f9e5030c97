import type { Failure, KernelEvents, StepRecord } from '../run-host.js';

/** How a step ended: what is kept of it, and whether the whole run must end with it. */
export interface StepEnd {
  readonly record: StepRecord;
  readonly simulated?: boolean;
  /** Set when the step broke a limit of the run. */
  readonly endsRun?: Failure;
}

/** Written out, because it happens once for each step: spreads would cost as much as a small step itself. */
export function stepEndEvent({ record, simulated }: StepEnd): KernelEvents['step-end'] {
  const { status, port, tries, output, error, usage } = record;
  const event: { -readonly [Key in keyof KernelEvents['step-end']]: KernelEvents['step-end'][Key] } = {
    status,
    port,
    tries,
  };
  if (status === 'succeeded') event.output = output;
  if (error !== undefined) event.error = error;
  if (usage !== undefined) event.usage = usage;
  if (simulated !== undefined) event.simulated = simulated;
  return event;
}
