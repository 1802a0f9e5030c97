import { jest } from '@jest/globals';
import type { EventEnvelope } from '#executions';
import { CallProgress, type Progress } from './call-progress.js';

const event = (seq: number, type: EventEnvelope['type'], data: unknown = {}, stepId = 'a'): EventEnvelope => ({
  executionId: 'run-1',
  seq,
  at: '2026-01-01T00:00:00.000Z',
  type,
  stepId,
  data,
});

describe('The progress of a call', () => {
  let told: Progress[];
  let progress: CallProgress;

  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    progress = new CallProgress((each) => told.push(each));
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const hearSlowly = (...events: EventEnvelope[]): string[] => {
    for (const each of events) {
      progress.hear(each);
      jest.advanceTimersByTime(200);
    }
    return told.map(({ message }) => message);
  };

  it('names the steps, and what they write', () => {
    expect(
      hearSlowly(
        event(1, 'execution-start'),
        event(2, 'step-start', { kind: 'llm', name: 'Draft', try: 1 }),
        event(3, 'text-delta', { text: 'Dear ' }),
        event(4, 'text-delta', { text: 'Ada' }),
        event(5, 'step-retry'),
        event(6, 'step-start', { kind: 'llm', name: 'Draft', try: 2 }),
        event(7, 'text-delta', { text: 'Hello' }),
        event(8, 'wait-start', { title: 'May it be sent?' }),
        event(9, 'execution-resume'),
        event(10, 'step-end', { status: 'succeeded' }),
      ),
    ).toEqual([
      'Run run-1 has started',
      'Draft: started',
      'Draft: Dear ',
      'Draft: Dear Ada',
      'Draft: trying again',
      'Draft: started',
      'Draft: Hello',
      'Draft: May it be sent?',
      'Run run-1 goes on',
      'Draft: succeeded',
    ]);
  });

  it('grows only, also when much happens at once, and ends with the last of it', () => {
    for (let seq = 1; seq <= 10_000; seq += 1) progress.hear(event(seq, 'step-start', { kind: 'code' }, `s${seq}`));
    jest.advanceTimersByTime(1_000);
    progress.hear(event(10_001, 'step-end', { status: 'succeeded' }, 's1'));
    progress.hear(event(10_002, 'step-end', { status: 'failed' }, 's2'));
    progress.close();
    expect(told.map((each) => each.progress)).toEqual([1, 10_000, 10_001, 10_002]);
    jest.advanceTimersByTime(1_000);
    expect(told).toHaveLength(4);
  });

  it('shows the end of a long text', () => {
    const [message = ''] = hearSlowly(event(1, 'text-delta', { text: `${'x'.repeat(1_000)} the end` }));
    expect(message).toHaveLength('a: …'.length + 400);
    expect(message).toMatch(/^a: …x+ the end$/);
  });

  it('has nothing to say of what is no progress', () => {
    expect(hearSlowly(event(1, 'log', { message: 'x' }), event(2, 'wait-end'))).toEqual([]);
  });
});
