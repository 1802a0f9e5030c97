import { createLogger } from '../logging/index.js';
import { InProcessQueue } from './in-process-queue.js';
import { describeWorkQueue } from './work-queue.contract.js';

describeWorkQueue('The in-process queue', () => Promise.resolve(new InProcessQueue(createLogger('silent'))));

describe('The in-process queue', () => {
  it('keeps nothing for a process that takes nothing: another one finds the row', async () => {
    const queue = new InProcessQueue(createLogger('silent'));
    await queue.add({ id: '1', orgId: 'org' });
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0 });
  });
});
