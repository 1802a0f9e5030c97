import type { ExecutionJob, ExecutionsQueue } from '../executions.queue.js';

/** Keeps what was knocked for; nobody takes it. */
export class RecordingQueue implements ExecutionsQueue {
  readonly added: ExecutionJob[] = [];
  /** Jobs that `counts` reports as waiting. */
  waiting = 0;
  isAway = false;

  add(job: ExecutionJob): Promise<void> {
    if (this.isAway) return Promise.reject(new Error('The queue does not answer.'));
    this.added.push(job);
    return Promise.resolve();
  }

  consume(): void {
    // Tests take runs themselves.
  }

  pause(): Promise<void> {
    return Promise.resolve();
  }

  counts(): Promise<{ waiting: number; active: number }> {
    if (this.isAway) return Promise.reject(new Error('The queue does not answer.'));
    return Promise.resolve({ waiting: this.waiting, active: 0 });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
