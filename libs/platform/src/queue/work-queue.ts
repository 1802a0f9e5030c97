/** What a job carries: ids only. `id` makes adding idempotent while the job waits or runs. */
export interface Job {
  readonly id: string;
  readonly orgId: string;
}

export type JobHandler<J extends Job> = (job: J) => Promise<void>;

/**
 * A queue that only knocks. Delivery is at least once at best, and nothing accepted depends on it: the reconciler adds
 * again what got lost. Implementations pass `work-queue.contract.ts`.
 */
export interface WorkQueue<J extends Job> {
  /** Resolves when the job is in the queue; a job whose id waits or runs is not added twice. */
  add(job: J): Promise<void>;
  /** Starts taking jobs, at most `concurrency` at a time. A failing handler ends its job; the queue does not retry. */
  consume(handler: JobHandler<J>, concurrency: number): void;
  /** Takes no more jobs; running handlers go on. */
  pause(): Promise<void>;
  counts(): Promise<{ waiting: number; active: number }>;
  close(): Promise<void>;
}
