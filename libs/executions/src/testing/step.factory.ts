import type { StepRecord } from '#kernel';
import type { AcceptedRun } from '../journal/journal-entry.js';

/** A finished step that only differs in what matters. */
export function testStep(path: string, values: Partial<StepRecord> = {}): StepRecord {
  return {
    path,
    nodeId: path,
    kind: 'transform',
    status: 'succeeded',
    port: 'out',
    tries: 1,
    output: 1,
    startedAt: 1,
    finishedAt: 2,
    ...values,
  };
}

/** An accepted run of nobody, for tests that never write it. */
export const TEST_ACCEPTED: AcceptedRun = {
  orgId: '01900000-0000-7000-8000-000000000001',
  agentId: '01900000-0000-7000-8000-000000000002',
  versionId: '01900000-0000-7000-8000-000000000003',
  version: 1,
  mode: 'interactive',
  trigger: 'api',
  triggeredBy: null,
  leaseOwner: '01900000-0000-4000-8000-000000000004',
  leaseMs: 10_000,
  inputJson: '{}',
  metadataJson: null,
  retryOf: null,
  parent: null,
  createdByUserId: null,
  createdAt: 1,
  idempotency: null,
  callback: null,
};
