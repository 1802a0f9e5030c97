import type { WaitRow } from '../waits/waits.read-model.js';
import { concurrencyBlocker, leaseBlocker, stepBlocker, waitBlocker } from './blockers.js';
import type { RunSituation } from './run-situation.read-model.js';

const at = new Date('2026-01-01T00:00:00.000Z');

const wait = (values: Partial<WaitRow>): WaitRow => ({
  id: 'wait',
  executionId: 'run',
  agentId: 'agent',
  agentName: 'Support',
  path: 'ask',
  kind: 'approval',
  title: 'Refund?',
  payload: null,
  payloadHash: '',
  large: null,
  form: null,
  decisions: null,
  dueAt: null,
  state: 'open',
  answer: null,
  answeredBy: null,
  runId: null,
  eventName: null,
  eventCorrelation: null,
  createdAt: at,
  answeredAt: null,
  ...values,
});

const situation = (values: Partial<RunSituation> = {}): RunSituation => ({
  status: 'running',
  now: at,
  createdAt: at,
  queuedAt: null,
  startedAt: at,
  finishedAt: null,
  leaseExpiresAt: new Date(at.getTime() + 1),
  cancelRequestedAt: null,
  error: null,
  lostCount: 0,
  ...values,
});

describe('What keeps a run from going on', () => {
  it.each([
    [wait({ dueAt: at }), 'It waits for somebody to decide: “Refund?”.', ['decide', 'cancel']],
    [wait({ kind: 'timer', dueAt: at }), 'It sleeps until 2026-01-01T00:00:00.000Z.', ['cancel']],
    [
      wait({ kind: 'timer', dueAt: at, payload: { failedTry: 1, error: { message: 'OpenAI answered 429.' } } }),
      'It failed at try 1 and sleeps until it is tried again at 2026-01-01T00:00:00.000Z: OpenAI answered 429.',
      ['cancel'],
    ],
    [wait({ kind: 'event', eventName: 'paid' }), 'It waits for the event “paid”.', ['send-event', 'cancel']],
    [
      wait({ kind: 'event', eventName: 'paid', eventCorrelation: '7' }),
      'It waits for the event “paid” of “7”.',
      ['send-event', 'cancel'],
    ],
    [wait({ kind: 'run', runId: 'child' }), 'It waits for the run that it started.', ['open-run', 'cancel']],
    [
      wait({ kind: 'effect' }),
      'Nobody knows whether this happened, so somebody has to say: “Refund?”.',
      ['decide', 'cancel'],
    ],
  ])('is said of each kind of wait, with what can be done (%#)', (row, message, actions) => {
    expect(waitBlocker(row)).toMatchObject({
      kind: row.kind,
      waitId: 'wait',
      since: at.toISOString(),
      message,
      actions,
    });
    expect(waitBlocker(row).runId).toBe(row.runId ?? undefined);
    expect(waitBlocker(row).deadline).toBe(row.dueAt?.toISOString());
  });

  it('is a step at work, or one that is tried again at a time that is told', () => {
    expect(stepBlocker({ path: 'call', type: 'step-start', at, data: { kind: 'http', try: 2 } })).toMatchObject({
      kind: 'step',
      message: 'Step “call” (http) is at work, try 2.',
    });
    const error = { code: 'http.status', message: 'It answered 503.', retryable: true };
    expect(
      stepBlocker({ path: 'call', type: 'step-retry', at, data: { name: 'Pay', try: 1, waitMs: 2_000, error } }),
    ).toMatchObject({
      kind: 'retry',
      deadline: '2026-01-01T00:00:02.000Z',
      message: 'Step “Pay” failed at try 1 and is tried again at 2026-01-01T00:00:02.000Z: It answered 503.',
    });
  });

  it('is a process that has fallen silent', () => {
    expect(leaseBlocker(situation())).toBeNull();
    expect(leaseBlocker(situation({ leaseExpiresAt: at }))).toMatchObject({ kind: 'lease', since: at.toISOString() });
  });

  it('is a limit on runs at a time, of the agent or of the organisation', () => {
    const of = (ofAgent: number, ofOrganisation: number, agentLimit: number | null): string | undefined =>
      concurrencyBlocker(situation(), { ofAgent, ofOrganisation, agentLimit }, 5)?.message;
    expect(of(1, 4, null)).toBeUndefined();
    expect(of(2, 4, 2)).toBe('2 runs of this agent are under way, and it may have 2 at a time.');
    expect(of(2, 5, 3)).toBe('5 runs of your organisation are under way, and it may have 5 at a time.');
  });
});
