import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../testing/eventually.js';
import type { Job, WorkQueue } from './work-queue.js';

interface NumberedJob extends Job {
  readonly number: number;
}

const job = (number: number): NumberedJob => ({ id: `job-${number}`, orgId: 'org', number });

/** What every queue must do. The factory gives a fresh, empty one. */
export function describeWorkQueue(name: string, create: () => Promise<WorkQueue<NumberedJob>>): void {
  describe(name, () => {
    let queue: WorkQueue<NumberedJob>;
    let seen: number[];

    beforeEach(async () => {
      queue = await create();
      seen = [];
    });

    afterEach(() => queue.close());

    const note = ({ number }: NumberedJob): Promise<void> => Promise.resolve(void seen.push(number));

    it('hands each job to the consumer, with what it carries', async () => {
      queue.consume(note, 2);
      for (let number = 1; number <= 20; number += 1) await queue.add(job(number));
      await eventually(() => seen.length === 20);
      expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });

    it('adds a job that waits or runs only once, and again once it has ended', async () => {
      let finish = (): void => undefined;
      queue.consume(async (each) => {
        await note(each);
        await new Promise<void>((resolve) => (finish = resolve));
      }, 1);
      await queue.add(job(1));
      await eventually(() => seen.length === 1);
      await queue.add(job(1));
      await queue.add(job(2));
      await queue.add(job(2));
      expect(await queue.counts()).toEqual({ waiting: 1, active: 1 });
      finish();
      await eventually(() => seen.length === 2);
      finish();
      await eventually(async () => (await queue.counts()).active === 0);
      await queue.add(job(1));
      await eventually(() => seen.length === 3);
      finish();
      expect(seen).toEqual([1, 2, 1]);
    });

    it('works on no more jobs at a time than it may', async () => {
      let [open, most] = [0, 0];
      queue.consume(async (each) => {
        most = Math.max(most, ++open);
        await sleep(10);
        open -= 1;
        await note(each);
      }, 3);
      await Promise.all(Array.from({ length: 12 }, (_, number) => queue.add(job(number))));
      await eventually(() => seen.length === 12);
      expect(most).toBe(3);
    });

    it('ends a job whose handler fails, does not repeat it, and goes on', async () => {
      queue.consume(async (each) => {
        await note(each);
        if (each.number === 1) throw new Error('This handler fails.');
      }, 1);
      await queue.add(job(1));
      await queue.add(job(2));
      await eventually(() => seen.length === 2);
      await sleep(30);
      expect(seen).toEqual([1, 2]);
      await eventually(async () => (await queue.counts()).active === 0);
      await queue.add(job(1));
      await eventually(() => seen.length === 3);
    });

    it('takes nothing more once it is paused, lets what runs go on, and keeps what waits', async () => {
      let finish = (): void => undefined;
      queue.consume(async (each) => {
        await new Promise<void>((resolve) => (finish = resolve));
        await note(each);
      }, 1);
      await queue.add(job(1));
      await queue.add(job(2));
      await eventually(async () => (await queue.counts()).active === 1);
      await queue.pause();
      finish();
      await eventually(() => seen.length === 1);
      await sleep(50);
      expect(seen).toEqual([1]);
      expect(await queue.counts()).toEqual({ waiting: 1, active: 0 });
    });
  });
}
