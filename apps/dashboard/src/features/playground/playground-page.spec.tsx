import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answers, fakeServer, signIn } from '@/features/triggers/testing/open-page';
import { PlaygroundPage } from './playground-page';
import { answer, CONVERSATION, openChatPage, page, question } from './testing/open-chat-page';

const AGENT = { id: 'a1', name: 'Helper', slug: 'helper', publishedVersion: 2 };

const timeline = vi.hoisted(() => ({ current: {} }));
vi.mock('@/shared/live/use-execution-timeline', () => ({
  useExecutionTimeline: () => ({ timeline: timeline.current, connection: 'live', error: null, retry: () => undefined }),
}));

const step = (path: string, kind: string, more: object = {}) =>
  [
    path,
    { path, nodeId: path, kind, name: null, status: 'running', text: '', simulated: false, waits: [], ...more },
  ] as const;

describe('the playground', () => {
  beforeEach(() => signIn(['agents:write', 'executions:start', 'executions:read', 'executions:decide']));
  afterEach(() => vi.unstubAllGlobals());

  const open = (more: Answers = {}, search = '') => {
    const server = fakeServer({
      'GET /agents': () => page(AGENT),
      'GET /models': () => page({ id: 'simulated/offline' }),
      'GET /conversations/c1': () => ({ body: CONVERSATION }),
      'GET /conversations/c1/messages': () => page(answer(), question()),
      'POST /agent/chat': () => ({
        status: 202,
        body: {
          conversationId: 'c1',
          executionId: 'e1',
          message: question({ state: 'active' }),
          answer: null,
          waits: [],
        },
      }),
      ...more,
    });
    vi.stubGlobal('fetch', server.fetch);
    return { ...server, router: openChatPage(PlaygroundPage, '/playground', search) };
  };

  it('says what is missing when no agent is published', async () => {
    open({ 'GET /agents': () => page({ ...AGENT, publishedVersion: null }) });
    expect(await screen.findByText('Nobody to talk to yet')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Make an agent' })).toBeDefined();
  });

  it('says what failed and offers to try again', async () => {
    open({
      'GET /agents': () => ({ status: 500, body: { title: 'x', status: 500, code: 'internal', detail: 'It broke.' } }),
    });
    expect(await screen.findByText('The agents could not be loaded')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });

  it('begins a conversation with Enter, with the settings that were tried', async () => {
    const { asked, router } = open();
    const field = await screen.findByLabelText('Message');
    fireEvent.change(screen.getByLabelText('Temperature'), { target: { value: '0.9' } });
    fireEvent.change(field, { target: { value: 'What grows in the shade?' } });
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(router.state.location.search).toMatchObject({ conversation: 'c1' }));
    expect(asked.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      { agentId: 'a1', message: 'What grows in the shade?', overrides: { temperature: 0.9 }, waitSeconds: 0 },
    ]);
    expect(await screen.findByText('About gardens', { selector: 'h1' })).toBeDefined();
  });

  it('keeps what was typed when the message was not taken in, and says why', async () => {
    const busy = { title: 'Conflict', status: 409, code: 'conversation.busy', detail: 'The agent is still answering.' };
    open({ 'POST /agent/chat': () => ({ status: 409, body: busy }) }, '?conversation=c1');
    const field = await screen.findByLabelText<HTMLTextAreaElement>('Message');
    await screen.findByText('Ferns', { exact: false });
    fireEvent.change(field, { target: { value: 'And in the sun?' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(await screen.findByText('The agent is still answering.')).toBeDefined();
    expect(field.value).toBe('And in the sun?');
  });

  it('sends nothing while a setting is wrong', async () => {
    open();
    fireEvent.change(await screen.findByLabelText('Temperature'), { target: { value: '9' } });
    expect(screen.getByText('A number from 0 to 2.')).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
  });

  it('shows what was said, as text with its marks, and what a turn failed with', async () => {
    const failed = question({
      id: 'm3',
      turn: 2,
      state: 'failed',
      content: 'Again?',
      error: { code: 'budget.exhausted', message: 'No money is left.' },
    });
    open({ 'GET /conversations/c1/messages': () => page(failed, answer(), question()) }, '?conversation=c1');
    const turns = within(await screen.findByRole('list', { name: 'Conversation' }));
    expect(turns.getByText('do', { selector: 'strong' })).toBeDefined();
    expect(turns.getByText(/No money is left\./)).toBeDefined();
    expect(turns.getAllByText('offline, not a neural model').length).toBeGreaterThan(0);
    expect(turns.getAllByRole('link', { name: 'View run' })).toHaveLength(2);
  });

  it('follows a turn that is under way: words, tools, and a button that stops it', async () => {
    timeline.current = {
      status: 'running',
      waitChanges: 0,
      steps: new Map([
        step('agent/0/tool/0', 'tool', { name: 'calculator', status: 'succeeded' }),
        step('agent/1/model', 'llm', { text: 'Twelve, I ' }),
      ]),
    };
    const { asked } = open(
      {
        'GET /conversations/c1/messages': () => page(question({ state: 'active' })),
        'POST /executions/e1/cancel': () => ({ status: 202, body: {} }),
        'GET /executions/e1/steps': () =>
          page({ path: 'agent/0/tool/0', input: { expression: '3 * 4' }, output: 12, error: null }),
      },
      '?conversation=c1',
    );
    expect(await screen.findByText('Twelve, I')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: /calculator/ }));
    expect(await screen.findByText('"3 * 4"')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(asked.some(({ path }) => path === '/executions/e1/cancel')).toBe(true));
  });

  it('offers the question as a program', async () => {
    open();
    fireEvent.change(await screen.findByLabelText('Message'), { target: { value: 'Hello Bob' } });
    fireEvent.change(screen.getByLabelText('Language'), { target: { value: 'Python' } });
    expect(screen.getByLabelText('Code').textContent).toMatch(/from openai import OpenAI[\s\S]*helper[\s\S]*Hello Bob/);
  });

  it('shows the run of the last turn as JSON', async () => {
    open(
      { 'GET /executions/e1': () => ({ body: { id: 'e1', status: 'succeeded', trigger: 'chat' } }) },
      '?conversation=c1&view=json',
    );
    expect(await screen.findByText('"chat"')).toBeDefined();
  });

  it('lets somebody who may only look read, and not write', async () => {
    await signIn(['executions:read', 'agents:read']);
    open({}, '?conversation=c1');
    expect(await screen.findByText('Ferns', { exact: false })).toBeDefined();
    expect(screen.queryByLabelText('Message')).toBeNull();
    expect(screen.queryByLabelText('Temperature')).toBeNull();
  });
});
