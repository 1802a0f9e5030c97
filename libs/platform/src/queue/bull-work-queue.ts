import type { OnApplicationShutdown } from '@nestjs/common';
import type { Job as BullJob, Queue } from 'bull';
import type { Logger } from '../logging/index.js';
import type { Job, JobHandler, WorkQueue } from './work-queue.js';

/** How long `add` waits for Redis before it gives up; the reconciler adds the row later. */
const ADD_DEADLINE_MS = 2_000;

/** How often a consumer without work is asked whether it is still one. */
const LOOK_EVERY_MS = 5_000;

/** What this process takes from the queue, and how much at a time. */
interface Consumer<J extends Job> {
  readonly handler: JobHandler<J>;
  readonly concurrency: number;
}

/**
 * Bull on Redis. Bull's own retries are off: leases and the reconciler decide who runs what. Bull's consumers are known to
 * go quiet after Redis was away or emptied; one that takes nothing while jobs wait is made anew.
 */
export class BullWorkQueue<J extends Job> implements WorkQueue<J>, OnApplicationShutdown {
  private consumer: Consumer<J> | null = null;
  private active = 0;
  private looks: NodeJS.Timeout | null = null;
  /** Whether jobs waited at the last look and none was taken since. */
  private isSuspect = false;

  /** @param recreate opens the same queue once more */
  constructor(
    private queue: Queue<J>,
    private readonly logger: Logger,
    private readonly recreate: () => Queue<J>,
  ) {
    this.listen();
  }

  async add(job: J): Promise<void> {
    const added = this.queue.add(job, { jobId: job.id, attempts: 1, removeOnComplete: true, removeOnFail: true });
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('The queue does not answer.')), ADD_DEADLINE_MS);
    });
    added.catch(() => undefined);
    try {
      await Promise.race([added, deadline]);
    } finally {
      clearTimeout(timer);
    }
  }

  consume(handler: JobHandler<J>, concurrency: number): void {
    this.consumer = { handler, concurrency };
    this.take();
    this.looks = setInterval(() => {
      this.look().catch((error: unknown) => this.logger.debug({ err: error }, 'queue: Redis does not answer'));
    }, LOOK_EVERY_MS);
    this.looks.unref();
  }

  /** One look at the consumer, the second in vain replaces it; public so that a test need not wait for the clock. */
  async look(): Promise<void> {
    if (!this.consumer) return;
    const { waiting } = await this.queue.getJobCounts();
    if (!this.consumer) return;
    if (waiting === 0 || this.active > 0) {
      this.isSuspect = false;
    } else if (this.isSuspect) {
      this.logger.warn({ waiting }, 'queue: jobs wait and nobody takes them; making a new consumer');
      const quiet = this.queue;
      this.queue = this.recreate();
      this.listen();
      this.take();
      this.isSuspect = false;
      await quiet.close(true);
    } else {
      this.isSuspect = true;
    }
  }

  async pause(): Promise<void> {
    this.stopLooking();
    await this.queue.pause(true, true);
  }

  async counts(): Promise<{ waiting: number; active: number }> {
    const { waiting, active } = await this.queue.getJobCounts();
    return { waiting, active };
  }

  async close(): Promise<void> {
    this.stopLooking();
    await this.queue.close(true);
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  private stopLooking(): void {
    this.consumer = null;
    if (this.looks) clearInterval(this.looks);
  }

  private listen(): void {
    this.queue.on('error', (error: Error) => this.logger.warn({ err: error }, 'queue: Redis does not answer'));
  }

  private take(): void {
    if (!this.consumer) return;
    const { handler, concurrency } = this.consumer;
    const process = this.queue.process(concurrency, (job: BullJob<J>) => this.work(job, handler));
    process.catch((error: unknown) => this.logger.error({ err: error }, 'queue: the consumer ended'));
  }

  private async work(job: BullJob<J>, handler: JobHandler<J>): Promise<void> {
    this.active += 1;
    this.isSuspect = false;
    try {
      await handler(job.data);
    } catch (error) {
      this.logger.warn({ err: error, jobId: job.id }, 'a job failed outside of its run; the reconciler knocks again');
    } finally {
      this.active -= 1;
    }
  }
}
