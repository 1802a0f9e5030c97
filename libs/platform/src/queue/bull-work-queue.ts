import type { Job as BullJob, Queue } from 'bull';
import type { Logger } from '../logging/index.js';
import type { Job, JobHandler, WorkQueue } from './work-queue.js';

/** How long `add` waits for Redis before it gives up; the reconciler adds the row later. */
const ADD_DEADLINE_MS = 2_000;

/** Bull on Redis. Bull's own retries and stall checks are off: leases and the reconciler decide who runs what. */
export class BullWorkQueue<J extends Job> implements WorkQueue<J> {
  constructor(
    private readonly queue: Queue<J>,
    private readonly logger: Logger,
  ) {
    queue.on('error', (error: Error) => logger.warn({ err: error }, 'queue: Redis does not answer'));
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
    const process = this.queue.process(concurrency, async (job: BullJob<J>) => {
      try {
        await handler(job.data);
      } catch (error) {
        this.logger.error({ err: error, jobId: job.id }, 'a job failed outside of its run');
      }
    });
    process.catch((error: unknown) => this.logger.error({ err: error }, 'queue: the consumer ended'));
  }

  async pause(): Promise<void> {
    await this.queue.pause(true, true);
  }

  async counts(): Promise<{ waiting: number; active: number }> {
    const { waiting, active } = await this.queue.getJobCounts();
    return { waiting, active };
  }

  async close(): Promise<void> {
    await this.queue.close(true);
  }
}
