import type { Logger } from '../logging/index.js';
import type { Job, JobHandler, WorkQueue } from './work-queue.js';

/** First in, first out, within one process. Without a consumer nothing is kept: another process's reconciler finds the row. */
export class InProcessQueue<J extends Job> implements WorkQueue<J> {
  private readonly waiting = new Map<string, J>();
  private readonly active = new Set<string>();
  private handler: JobHandler<J> | null = null;
  private concurrency = 0;

  constructor(private readonly logger: Logger) {}

  add(job: J): Promise<void> {
    if (this.handler && !this.active.has(job.id)) {
      this.waiting.set(job.id, job);
      this.takeMore();
    }
    return Promise.resolve();
  }

  consume(handler: JobHandler<J>, concurrency: number): void {
    this.handler = handler;
    this.concurrency = concurrency;
    this.takeMore();
  }

  pause(): Promise<void> {
    this.handler = null;
    return Promise.resolve();
  }

  counts(): Promise<{ waiting: number; active: number }> {
    return Promise.resolve({ waiting: this.waiting.size, active: this.active.size });
  }

  close(): Promise<void> {
    this.waiting.clear();
    return this.pause();
  }

  private takeMore(): void {
    while (this.handler && this.active.size < this.concurrency) {
      const [job] = this.waiting.values();
      if (!job) return;
      this.waiting.delete(job.id);
      this.active.add(job.id);
      void this.work(job, this.handler);
    }
  }

  private async work(job: J, handler: JobHandler<J>): Promise<void> {
    try {
      await handler(job);
    } catch (error) {
      this.logger.warn({ err: error, jobId: job.id }, 'a job failed outside of its run; the reconciler knocks again');
    } finally {
      this.active.delete(job.id);
      this.takeMore();
    }
  }
}
