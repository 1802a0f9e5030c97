import { jest } from '@jest/globals';
import { Readiness } from './readiness.js';

describe('Readiness', () => {
  it('is given without any check, and while every check is up', async () => {
    const readiness = new Readiness();
    expect(await readiness.report()).toMatchObject({ ready: true, checks: { process: { state: 'up' } } });
    readiness.register('database', 'down', () => Promise.resolve());
    expect(await readiness.report()).toMatchObject({ ready: true, checks: { database: { state: 'up' } } });
  });

  it('survives what the process can do without, and says so; not what it cannot', async () => {
    const readiness = new Readiness();
    readiness.register('queue', 'degraded', () => Promise.reject(new Error('redis://:hunter2@r refused')));
    const degraded = await readiness.report();
    expect(degraded).toMatchObject({
      ready: true,
      checks: { queue: { state: 'degraded', detail: 'does not answer' } },
    });
    expect(JSON.stringify(degraded)).not.toContain('hunter2');
    readiness.register('database', 'down', () => {
      throw new Error('no promise at all');
    });
    expect(await readiness.report()).toMatchObject({ ready: false, checks: { database: { state: 'down' } } });
  });

  it('does not wait for a check that is late, and leaves no rejection behind', async () => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    try {
      const readiness = new Readiness();
      let failLate: (error: Error) => void = () => undefined;
      readiness.register('database', 'down', () => new Promise((_resolve, reject) => (failLate = reject)));
      const report = readiness.report();
      await jest.advanceTimersByTimeAsync(2_000);
      expect(await report).toMatchObject({
        ready: false,
        checks: { database: { state: 'down', detail: 'does not answer in time' } },
      });
      failLate(new Error('much later'));
      await jest.advanceTimersByTimeAsync(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it('ends with the first step of shutdown', async () => {
    const readiness = new Readiness();
    readiness.drain();
    expect(await readiness.report()).toMatchObject({
      ready: false,
      checks: { process: { state: 'down', detail: 'shutting down' } },
    });
  });
});
