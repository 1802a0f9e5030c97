import type { QueueOptions } from 'bull';

/** How every Bull queue of ours is opened. */
export function bullOptions(url: string): QueueOptions & { url: string } {
  return {
    url,
    prefix: 'agentflow:queue',
    // Who runs what is judged by the lease in the row, so a job may come as often as it likes. It only must come back when
    // its worker was killed before it could look at the row: until then nobody can add that job again. The lock ends in 5 s
    // and the second check after that brings the job back, so within 10 s in all; a worker that lives renews its locks.
    settings: { stalledInterval: 2_500, lockDuration: 5_000, maxStalledCount: 1_000_000 },
    redis: { maxRetriesPerRequest: null, enableReadyCheck: false, connectTimeout: 5_000 },
  };
}
