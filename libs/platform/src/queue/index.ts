/** Knocking on a worker's door: the row is the truth, a job carries ids and may come twice or never (docs/decisions/0003). */
export { BullWorkQueue } from './bull-work-queue.js';
export { InProcessQueue } from './in-process-queue.js';
export { queueModule } from './queue.module.js';
export type { Job, JobHandler, WorkQueue } from './work-queue.js';
