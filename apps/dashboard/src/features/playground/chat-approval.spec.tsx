import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answers, fakeServer, signIn } from '@/features/triggers/testing/open-page';
import type { Wait } from '@/shared/api/generated/schema';
import { PlaygroundPage } from './playground-page';
import { answer, CONVERSATION, openChatPage, page, question } from './testing/open-chat-page';

const timeline = vi.hoisted(() => ({ current: {} }));
vi.mock('@/shared/live/use-execution-timeline', () => ({
  useExecutionTimeline: () => ({ timeline: timeline.current, connection: 'live', error: null, retry: () => undefined }),
}));

const HASH = 'a'.repeat(64);

const wait = (more: Partial<Wait> = {}): Wait => ({
  id: 'w1',
  executionId: 'e1',
  agentId: 'a1',
  agentName: 'Helper',
  path: 'agent/0/tool/0',
  kind: 'approval',
  title: 'May the agent use slack_post_message?',
  payload: { tool: 'slack_post_message', arguments: { channel: 'C024BE91L', text: 'It is fixed.' } },
  large: null,
  payloadHash: HASH,
  form: null,
  decisions: ['approved', 'rejected'],
  dueAt: null,
  state: 'open',
  answer: null,
  answeredBy: null,
  createdAt: '2026-11-20T08:00:00.000Z',
  answeredAt: null,
  ...more,
});

describe('a turn that asks before it goes on', () => {
  beforeEach(async () => {
    await signIn(['agents:write', 'executions:start', 'executions:read', 'executions:decide']);
    const step = {
      path: 'agent/0/tool/0',
      nodeId: 'agent',
      kind: 'tool',
      name: 'slack_post_message',
      status: 'waiting',
      text: '',
      simulated: false,
      waits: [],
    };
    timeline.current = { status: 'waiting', waitChanges: 1, steps: new Map([[step.path, step]]) };
  });
  afterEach(() => vi.unstubAllGlobals());

  const open = (more: Answers = {}) => {
    const server = fakeServer({
      'GET /agents': () => page({ id: 'a1', name: 'Helper', slug: 'helper', publishedVersion: 2 }),
      'GET /models': () => page({ id: 'simulated/offline' }),
      'GET /conversations/c1': () => ({ body: CONVERSATION }),
      'GET /conversations/c1/messages': () => page(question({ state: 'active' })),
      'GET /executions/e1': () => ({ body: { id: 'e1', status: 'waiting', waits: [wait()] } }),
      ...more,
    });
    vi.stubGlobal('fetch', server.fetch);
    openChatPage(PlaygroundPage, '/playground', '?conversation=c1');
    return server;
  };

  const theQuestion = async () =>
    within(await screen.findByRole('region', { name: 'May the agent use slack_post_message?' }));

  it('shows in the conversation what it wants to do, and does it once that is approved', async () => {
    const { asked } = open({
      'POST /executions/e1/waits/w1': () => ({
        body: wait({ state: 'answered', answer: { decision: 'approved', data: null, large: null, error: null } }),
      }),
    });
    const shown = await theQuestion();
    expect(shown.getByText('It is fixed.')).toBeDefined();
    fireEvent.click(shown.getByRole('button', { name: 'Approve' }));
    await waitFor(() =>
      expect(asked.filter(({ method }) => method === 'POST')).toEqual([
        { method: 'POST', path: '/executions/e1/waits/w1', body: { decision: 'approved', payloadHash: HASH } },
      ]),
    );
  });

  it('says so when what is asked has changed since it was shown', async () => {
    const changed = { title: 'Conflict', status: 409, code: 'wait.payload_changed', detail: 'Look at it again.' };
    open({
      'POST /executions/e1/waits/w1': () => ({ status: 409, body: changed }),
      'GET /executions/e1/waits': () => ({ body: { data: [wait({ payloadHash: 'b'.repeat(64) })] } }),
    });
    fireEvent.click((await theQuestion()).getByRole('button', { name: 'Reject' }));
    expect(await screen.findByText('What is to be decided has changed')).toBeDefined();
  });

  it('asks nothing of somebody who may not decide', async () => {
    await signIn(['executions:start', 'executions:read']);
    open();
    const shown = await theQuestion();
    expect(shown.getByText('Owners, admins and editors can decide this.')).toBeDefined();
    expect(shown.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('becomes an answer of the conversation, also when that has it a moment after the run', async () => {
    timeline.current = { status: 'succeeded', waitChanges: 2, steps: new Map() };
    let looks = 0;
    open({
      'GET /conversations/c1/messages': () =>
        (looks += 1) < 3 ? page(question({ state: 'active' })) : page(answer(), question()),
    });
    expect(await screen.findByText('do', { selector: 'strong' }, { timeout: 5_000 })).toBeDefined();
  });
});
