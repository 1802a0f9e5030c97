import { describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '@/shared/api/generated/schema';
import { applyEvents, applyStepRows, emptyTimeline, hasEnded, hasGap, triesOf } from './execution-timeline';

const at = (seq: number) => new Date(Date.parse('2026-11-21T12:00:00Z') + seq * 1000).toISOString();

/** Events with their seq counted from `firstSeq`. */
function log(
  firstSeq: number,
  ...parts: [type: ExecutionEvent['type'], data: Record<string, unknown>, stepId?: string][]
): ExecutionEvent[] {
  return parts.map(([type, data, stepId], index) => ({
    executionId: 'run',
    seq: firstSeq + index,
    at: at(firstSeq + index),
    type,
    stepId,
    data,
  }));
}

const usage = { inputTokens: 3, outputTokens: 5, cachedInputTokens: 0, costMicroUsd: null };
const aRun = log(
  1,
  ['execution-start', { agentId: 'a', version: 2, attempt: 1 }],
  ['step-start', { kind: 'llm', name: 'Summarise', try: 1 }, 'sum'],
  ['text-delta', { text: 'Hel' }, 'sum'],
  ['text-delta', { text: 'lo' }, 'sum'],
  ['log', { level: 'info', message: 'half way' }, 'sum'],
  [
    'step-end',
    { status: 'succeeded', port: 'out', tries: 1, output: { text: 'Hello' }, usage, simulated: true },
    'sum',
  ],
  ['execution-end', { status: 'succeeded', output: { text: 'Hello' }, usage }],
);

describe('the timeline of a run', () => {
  it('follows a run from its start to its end', () => {
    const run = applyEvents(emptyTimeline('run'), aRun);
    expect(run).toMatchObject({
      lastSeq: 7,
      status: 'succeeded',
      agentId: 'a',
      version: 2,
      output: { text: 'Hello' },
      usage,
    });
    expect(run.steps.get('sum')).toMatchObject({
      status: 'succeeded',
      name: 'Summarise',
      text: 'Hello',
      port: 'out',
      tries: 1,
      simulated: true,
    });
    expect(run.steps.get('sum')?.attempts).toMatchObject([
      { try: 1, outcome: 'succeeded', startedAt: at(2), finishedAt: at(6) },
    ]);
    expect(run.logs).toMatchObject([{ level: 'info', message: 'half way', path: 'sum' }]);
    expect(hasEnded(run)).toBe(true);
  });

  it('comes out the same in whatever order and however often the events arrive', () => {
    const once = applyEvents(emptyTimeline('run'), aRun);
    const shuffled = [6, 2, 0, 4, 2, 1, 6, 5, 3, 0].map((index) => aRun[index]!);
    const oneByOne = shuffled.reduce((run, event) => applyEvents(run, [event]), emptyTimeline('run'));
    expect(oneByOne).toEqual(once);
  });

  it('holds what comes after a hole back until the hole is filled', () => {
    const withHole = applyEvents(emptyTimeline('run'), [...aRun.slice(0, 3), ...aRun.slice(4)]);
    expect(hasGap(withHole)).toBe(true);
    expect(withHole).toMatchObject({ lastSeq: 3, status: 'running' });
    expect(withHole.steps.get('sum')?.text).toBe('Hel');
    const filled = applyEvents(withHole, [aRun[3]!]);
    expect(hasGap(filled)).toBe(false);
    expect(filled).toMatchObject({ lastSeq: 7, status: 'succeeded' });
    expect(filled.steps.get('sum')?.text).toBe('Hello');
  });

  it('is the same object when nothing new came', () => {
    const run = applyEvents(emptyTimeline('run'), aRun);
    expect(applyEvents(run, aRun)).toBe(run);
  });

  it('does not change an earlier state', () => {
    const early = applyEvents(emptyTimeline('run'), aRun.slice(0, 3));
    applyEvents(early, aRun.slice(3));
    expect(early.steps.get('sum')?.text).toBe('Hel');
    expect(early.events).toHaveLength(3);
  });

  it('shows each try of a step and starts its text anew', () => {
    const error = { code: 'provider.overloaded', message: 'Busy', retryable: true };
    const run = applyEvents(
      emptyTimeline('run'),
      log(
        1,
        ['step-start', { kind: 'llm', try: 1 }, 'sum'],
        ['text-delta', { text: 'lost' }, 'sum'],
        ['step-retry', { try: 1, waitMs: 500, error }, 'sum'],
        ['step-start', { kind: 'llm', try: 2 }, 'sum'],
        ['text-delta', { text: 'kept' }, 'sum'],
      ),
    );
    const step = run.steps.get('sum');
    expect(step).toMatchObject({ status: 'running', text: 'kept', tries: 2 });
    expect(step?.attempts).toMatchObject([
      { try: 1, outcome: 'failed', waitMs: 500, error },
      { try: 2, outcome: 'running', finishedAt: null },
    ]);
  });

  it('marks running steps as starting again when another worker takes over, and leaves finished ones alone', () => {
    const before = log(
      1,
      ['execution-start', { agentId: 'a', version: 1, attempt: 1 }],
      ['step-start', { kind: 'transform', try: 1 }, 'size'],
      ['step-end', { status: 'succeeded', port: 'out', tries: 1, output: 1 }, 'size'],
      ['step-start', { kind: 'llm', try: 1 }, 'sum'],
      ['text-delta', { text: 'half' }, 'sum'],
      ['execution-resume', { attempt: 2 }],
    );
    const taken = applyEvents(emptyTimeline('run'), before);
    expect(taken).toMatchObject({ attempt: 2, status: 'running' });
    expect(taken.steps.get('size')?.status).toBe('succeeded');
    expect(taken.steps.get('sum')).toMatchObject({ status: 'interrupted', text: '' });

    const again = applyEvents(
      taken,
      log(7, ['step-start', { kind: 'llm', try: 1 }, 'sum'], ['text-delta', { text: 'whole' }, 'sum']),
    );
    expect(again.steps.get('sum')).toMatchObject({ status: 'running', text: 'whole' });
    expect(again.steps.get('sum')?.attempts).toMatchObject([
      { executionAttempt: 1, outcome: 'interrupted' },
      { executionAttempt: 2, outcome: 'running' },
    ]);
  });

  it('leaves no step running after the run has ended', () => {
    const run = applyEvents(
      emptyTimeline('run'),
      log(1, ['step-start', { kind: 'delay', try: 1 }, 'wait'], ['execution-end', { status: 'cancelled', usage }]),
    );
    expect(run.status).toBe('cancelled');
    expect(run.steps.get('wait')).toMatchObject({ status: 'cancelled', finishedAt: at(2) });
  });

  it('takes inputs from the rows and steps whose events are gone, and lets events win otherwise', () => {
    const row = {
      path: 'sum',
      nodeId: 'sum',
      kind: 'llm',
      status: 'running' as const,
      port: null,
      tries: 1,
      input: { prompt: 'Hi' },
      output: null,
      error: null,
      large: null,
      usage: null,
      startedAt: at(2),
      finishedAt: null,
    };
    const run = applyStepRows(applyEvents(emptyTimeline('run'), aRun), [
      row,
      { ...row, path: 'old', status: 'succeeded' },
    ]);
    expect(run.steps.get('sum')).toMatchObject({
      status: 'succeeded',
      input: { prompt: 'Hi' },
      output: { text: 'Hello' },
    });
    expect(run.steps.get('old')).toMatchObject({ status: 'succeeded', attempts: [{ outcome: 'succeeded' }] });
  });
});

describe('a run that waits', () => {
  const wait = { waitId: 'w1', kind: 'approval', title: 'Send it?', dueAt: at(500) };
  const untilTheWait = log(
    1,
    ['execution-start', { agentId: 'a', version: 1, attempt: 1 }],
    ['step-start', { kind: 'approval', try: 1 }, 'ask'],
    ['wait-start', wait, 'ask'],
  );
  const answer = { waitId: 'w1', kind: 'approval', decision: 'approved', by: 'Ada' };
  const takenUp = log(
    4,
    ['execution-resume', { attempt: 2 }],
    ['step-start', { kind: 'approval', try: 1 }, 'ask'],
    ['wait-end', answer, 'ask'],
  );
  const theRest = log(
    7,
    ['step-end', { status: 'succeeded', port: 'approved', tries: 1, output: {} }, 'ask'],
    ['execution-end', { status: 'succeeded', output: {}, usage }],
  );

  it('is waiting as soon as every unfinished step waits, and says for what', () => {
    const run = applyEvents(emptyTimeline('run'), untilTheWait);
    expect(run).toMatchObject({ status: 'waiting', parkedAt: at(3) });
    expect(run.steps.get('ask')).toMatchObject({
      status: 'waiting',
      waits: [{ title: 'Send it?', kind: 'approval', startedAt: at(3), finishedAt: null, dueAt: at(500) }],
    });
  });

  it('is running while another step still works', () => {
    const working = log(4, ['step-start', { kind: 'http', try: 1 }, 'other']);
    const ended = log(5, ['step-end', { status: 'succeeded', port: 'out', tries: 1 }, 'other']);
    const run = applyEvents(emptyTimeline('run'), [...untilTheWait, ...working]);
    expect(run.status).toBe('running');
    expect(applyEvents(run, ended).status).toBe('waiting');
  });

  it('is at work again from the answer on', () => {
    const run = applyEvents(emptyTimeline('run'), [...untilTheWait, ...takenUp]);
    expect(run).toMatchObject({ status: 'running', parkedAt: null });
    expect(run.pauses[0]).toEqual({ from: at(3), to: at(4) });
    expect(run.steps.get('ask')).toMatchObject({
      status: 'running',
      waits: [{ finishedAt: at(6), decision: 'approved', by: 'Ada' }],
    });
  });

  it('goes on where it waited without counting that as a crash or another try', () => {
    const run = applyEvents(emptyTimeline('run'), [...untilTheWait, ...takenUp, ...theRest]);
    expect(run).toMatchObject({ status: 'succeeded', resumes: [] });
    const step = run.steps.get('ask');
    expect(step?.attempts).toMatchObject([
      { outcome: 'parked', startedAt: at(2), finishedAt: at(3) },
      { outcome: 'succeeded', startedAt: at(6), finishedAt: at(7) },
    ]);
    expect(step && triesOf(step)).toBe(1);
  });

  it('goes on in the same try when the answer comes before its worker has let go', () => {
    const events = log(
      4,
      ['wait-end', answer, 'ask'],
      ['step-end', { status: 'succeeded', port: 'approved', tries: 1, output: {} }, 'ask'],
    );
    const run = applyEvents(emptyTimeline('run'), [...untilTheWait, ...events]);
    expect(run.status).toBe('running');
    expect(run.steps.get('ask')?.attempts).toMatchObject([
      { try: 1, outcome: 'parked' },
      { try: 1, outcome: 'succeeded', startedAt: at(4) },
    ]);
  });

  it('lets what holds the waiting step wait with it, and keeps what is unanswered waiting after a resume', () => {
    const run = applyEvents(
      emptyTimeline('run'),
      log(
        1,
        ['execution-start', { agentId: 'a', version: 1, attempt: 1 }],
        ['step-start', { kind: 'map', try: 1 }, 'each'],
        ['step-start', { kind: 'approval', nodeId: 'each', try: 1 }, 'each/0'],
        ['step-start', { kind: 'approval', nodeId: 'each', try: 1 }, 'each/1'],
        ['wait-start', { ...wait, waitId: 'w0' }, 'each/0'],
        ['wait-start', wait, 'each/1'],
        ['execution-resume', { attempt: 2 }],
        ['step-start', { kind: 'map', try: 1 }, 'each'],
        ['step-start', { kind: 'approval', nodeId: 'each', try: 1 }, 'each/0'],
        ['wait-end', { waitId: 'w0', kind: 'approval', decision: 'approved' }, 'each/0'],
        ['step-start', { kind: 'approval', nodeId: 'each', try: 1 }, 'each/1'],
        ['step-end', { status: 'succeeded', port: 'approved', tries: 1 }, 'each/0'],
      ),
    );
    expect(run.status).toBe('waiting');
    expect(run.steps.get('each')?.attempts.map(({ outcome }) => outcome)).toEqual(['parked', 'running']);
    expect(run.steps.get('each/1')).toMatchObject({ status: 'waiting', nodeId: 'each' });
  });

  it('ends its waits when it is cancelled', () => {
    const end = log(4, ['execution-end', { status: 'cancelled', usage }]);
    const run = applyEvents(emptyTimeline('run'), [...untilTheWait, ...end]);
    expect(run.steps.get('ask')).toMatchObject({ status: 'cancelled', waits: [{ finishedAt: at(4), decision: null }] });
  });
});
