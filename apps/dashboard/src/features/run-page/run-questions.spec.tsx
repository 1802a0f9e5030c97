import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Wait } from '@/shared/api/generated/schema';
import { EXECUTION_ID, momentOf, scriptOf } from './script.fixture';
import type { FakeRunServer } from './testing/fake-run-server';
import { leaveRun, openRun, rowNamed, serveRun, settle } from './testing/open-run';

let server: FakeRunServer;

beforeEach(async () => {
  server = await serveRun();
});

afterEach(leaveRun);

describe('a run that waits for somebody', () => {
  const OPEN: Wait = {
    id: 'w1',
    executionId: EXECUTION_ID,
    agentId: 'a1',
    agentName: 'Letters',
    path: 'ask',
    kind: 'approval',
    title: 'Send the letter?',
    payload: { recipient: 'Grace Hopper', amountDue: 120 },
    large: null,
    payloadHash: 'c0ffee',
    form: { type: 'object', properties: { note: { type: 'string', title: 'Note' } }, required: ['note'] },
    decisions: ['approved', 'rejected'],
    dueAt: null,
    state: 'open',
    answer: null,
    answeredBy: null,
    createdAt: momentOf(5),
    answeredAt: null,
  };

  beforeEach(() => {
    server.waits = [OPEN];
    server.why = {
      status: 'waiting',
      since: momentOf(5),
      summary: 'It waits for somebody to decide “Send the letter?”.',
      blockers: [
        {
          kind: 'approval',
          path: 'ask',
          waitId: 'w1',
          since: momentOf(5),
          message: 'It waits for somebody to decide “Send the letter?”.',
          actions: ['decide', 'cancel'],
        },
      ],
    };
    server.log = scriptOf([
      [0, 'execution-start', null, { attempt: 1 }],
      [1, 'step-start', 'ask', { kind: 'approval', name: 'Ask', try: 1 }],
      [5, 'wait-start', 'ask', { waitId: 'w1', kind: 'approval', title: 'Send the letter?' }],
    ]);
  });

  it('says why first and shows what is asked as fields', async () => {
    await openRun(server);
    expect(await screen.findByText('It waits for somebody to decide “Send the letter?”.')).toBeTruthy();
    expect(rowNamed(/Ask, Approval, waiting for approval/)).toBeTruthy();
    const question = screen.getByRole('region', { name: 'Send the letter?' });
    expect(within(question).getByText('Amount due')).toBeTruthy();
    expect(within(question).getByText('Grace Hopper')).toBeTruthy();
  });

  it('sends a decision with the form and the hash of what was shown', async () => {
    await openRun(server);
    fireEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(screen.getByText('Fill in Note.')).toBeTruthy();
    expect(server.decided).toEqual([]);
    fireEvent.change(screen.getByRole('textbox', { name: 'Note' }), { target: { value: 'Fine' } });
    fireEvent.click(screen.getByRole('button', { name: 'Approve' }));
    await settle();
    expect(server.decided).toEqual([{ decision: 'approved', payloadHash: 'c0ffee', data: { note: 'Fine' } }]);
    expect(screen.getByText('Approved')).toBeTruthy();
  });

  it('asks whoever rejects for nothing', async () => {
    await openRun(server);
    fireEvent.click(screen.getByRole('button', { name: 'Reject' }));
    await settle();
    expect(server.decided).toEqual([{ decision: 'rejected', payloadHash: 'c0ffee' }]);
  });

  it('says who was faster and what they decided', async () => {
    server.isLate = true;
    await openRun(server, { step: 'ask' });
    fireEvent.click(screen.getByRole('button', { name: 'Reject' }));
    await settle();
    expect(screen.getByText('Grace rejected it.')).toBeTruthy();
    expect(screen.getByText('Rejected').closest('p')?.textContent).toContain('by Grace');
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('opens the decision from the reason', async () => {
    await openRun(server);
    fireEvent.click(await screen.findByRole('button', { name: 'Decide' }));
    expect(screen.getByRole('tab', { name: 'Decision' }).getAttribute('data-state')).toBe('active');
  });
});
