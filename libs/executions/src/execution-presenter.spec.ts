import type { ExecutionLog } from './execution-log.entity.js';
import type { ExecutionStep } from './execution-step.entity.js';
import { toDetail, toLogLine, toStep, toSummary } from './execution-presenter.js';
import { testDetail } from './testing/execution-row.factory.js';
import { testStep } from './testing/step.factory.js';

/** Columns that exist, or may one day, and that nobody outside is meant to read. */
const PRIVATE = {
  orgId: 'org',
  leaseOwner: 'process',
  leaseExpiresAt: new Date(),
  versionId: 'version',
  callbackUrl: 'https://x',
  createdByUserId: 'user',
};

describe('What leaves of a run', () => {
  it('has the listed fields and no other column', () => {
    const summary = toSummary({ ...testDetail({ input: 'secret' }), ...PRIVATE });
    expect(Object.keys(summary)).toEqual(
      expect.not.arrayContaining([...Object.keys(PRIVATE), 'input', 'output', 'metadata']),
    );
    expect(Object.keys(toDetail({ ...testDetail(), ...PRIVATE }))).toEqual(
      expect.not.arrayContaining(Object.keys(PRIVATE)),
    );
  });

  it('of a step and a log line has no organisation either', () => {
    const step = {
      ...testStep('a'),
      ...PRIVATE,
      startedAt: new Date(0),
      finishedAt: new Date(1),
      id: 'row',
    } as unknown as ExecutionStep;
    expect(Object.keys(toStep(step))).toEqual(
      expect.not.arrayContaining([...Object.keys(PRIVATE), 'id', 'executionId']),
    );
    const line = {
      ...PRIVATE,
      seq: 3,
      stepPath: 'a',
      level: 'info',
      message: 'hi',
      createdAt: new Date(0),
    } as unknown as ExecutionLog;
    expect(toLogLine(line)).toEqual({
      seq: 3,
      stepId: 'a',
      level: 'info',
      message: 'hi',
      at: '1970-01-01T00:00:00.000Z',
    });
  });

  it('says how long a run waited, null until it starts and never less than nothing', () => {
    const createdAt = new Date(10_000);
    expect(toSummary(testDetail({ createdAt, startedAt: new Date(12_500) })).queuedMs).toBe(2_500);
    expect(toSummary(testDetail({ createdAt, startedAt: new Date(9_990) })).queuedMs).toBe(0);
    expect(toSummary(testDetail({ createdAt, startedAt: null, finishedAt: null })).queuedMs).toBeNull();
  });
});
