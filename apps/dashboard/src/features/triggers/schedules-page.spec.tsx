import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Schedule } from '@/shared/api/generated/schema';
import { SchedulesPage } from './schedules-page';
import { type Answers, fakeServer, openPage, signIn } from './testing/open-page';

const SCHEDULE: Schedule = {
  id: 's1',
  agentId: 'a1',
  agentName: 'Reporter',
  version: null,
  name: 'Morning report',
  cron: '0 9 * * MON-FRI',
  description: 'At 09:00, Monday to Friday',
  timeZone: 'Europe/Berlin',
  input: { text: 'x' },
  enabled: true,
  nextAt: new Date(Date.now() + 7_200_000).toISOString(),
  lastAt: null,
  lastRun: null,
  missedFrom: null,
  failure: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

const listOf = (...data: Schedule[]) => ({ body: { data, nextCursor: null, hasMore: false } });
const AGENT = { id: 'a1', name: 'Reporter', publishedVersion: 2 };
const PREVIEW = { description: 'At 09:00, Monday to Friday', next: ['2026-11-23T08:00:00.000Z'] };

const answers = (more: Answers = {}): Answers => ({
  'GET /schedules': () => listOf(SCHEDULE),
  'GET /schedules/preview': () => ({ body: PREVIEW }),
  'GET /agents': () => ({ body: { data: [AGENT], nextCursor: null, hasMore: false } }),
  'GET /agents/a1': () => ({ body: AGENT }),
  'GET /agents/a1/versions': () => ({
    body: { data: [{ number: 2 }, { number: 1 }], nextCursor: null, hasMore: false },
  }),
  'GET /agents/a1/versions/2': () => ({
    body: {
      graph: {
        nodes: [
          { kind: 'start', config: { schema: { required: ['text'], properties: { text: { type: 'string' } } } } },
        ],
      },
    },
  }),
  ...more,
});

describe('the page of schedules', () => {
  beforeEach(() => signIn(['triggers:read', 'triggers:write']));
  afterEach(() => vi.unstubAllGlobals());

  const open = (more: Answers = {}, search = '') => {
    const server = fakeServer(answers(more));
    vi.stubGlobal('fetch', server.fetch);
    openPage(SchedulesPage, '/schedules', search);
    return server;
  };

  it('teaches what a schedule is when there is none', async () => {
    open({ 'GET /schedules': () => listOf() });
    expect(await screen.findByText('No schedules yet')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'New schedule' }));
    expect(await screen.findByRole('heading', { name: 'New schedule' })).toBeDefined();
  });

  it('says what failed and offers to try again', async () => {
    open({
      'GET /schedules': () => ({
        status: 500,
        body: { title: 'x', status: 500, code: 'internal', detail: 'It broke.' },
      }),
    });
    expect(await screen.findByText('The schedules could not be loaded')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });

  it('shows times, next slot, why nothing was started and what was missed', async () => {
    open({
      'GET /schedules': () =>
        listOf({
          ...SCHEDULE,
          failure: { code: 'agent.archived', message: 'The agent is archived.', at: '2026-11-20T08:00:00.000Z' },
          missedFrom: '2026-11-19T08:00:00.000Z',
          lastAt: '2026-11-20T08:00:00.000Z',
        }),
    });
    const row = (await screen.findByText('Morning report')).closest('tr') as HTMLElement;
    expect(within(row).getByText('At 09:00, Monday to Friday, Europe/Berlin')).toBeDefined();
    expect(within(row).getByText(/^in 1 h|^in 2 h/)).toBeDefined();
    expect(within(row).getByText(/The agent is archived\./)).toBeDefined();
    expect(within(row).getByText(/was not running from/)).toBeDefined();
  });

  it('pauses with one press', async () => {
    const { asked } = open({ 'PATCH /schedules/s1': () => ({ body: { ...SCHEDULE, enabled: false } }) });
    fireEvent.click(await screen.findByRole('switch', { name: 'On' }));
    await waitFor(() =>
      expect(asked).toContainEqual({ method: 'PATCH', path: '/schedules/s1', body: { enabled: false } }),
    );
  });

  it('previews what is typed and makes the schedule', async () => {
    const { asked } = open({ 'POST /schedules': () => ({ status: 201, body: SCHEDULE }) }, '?form=new&agentId=a1');
    expect(await screen.findByText('At 09:00, Monday to Friday', { selector: 'p' })).toBeDefined();
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: ' Report ' } });
    fireEvent.change(screen.getByLabelText('Time zone'), { target: { value: 'UTC' } });
    fireEvent.change(screen.getByLabelText('Input (JSON)'), { target: { value: '{"text":"Hello"}' } });
    await screen.findByRole('option', { name: 'Reporter' });
    fireEvent.change(screen.getByLabelText('Agent'), { target: { value: 'a1' } });
    fireEvent.click(screen.getByRole('button', { name: 'Make schedule' }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({
        agentId: 'a1',
        version: null,
        name: 'Report',
        cron: '0 9 * * MON-FRI',
        timeZone: 'UTC',
        input: { text: 'Hello' },
      }),
    );
  });

  it('shows what the server objects to at its field and keeps what was typed', async () => {
    const problem = {
      title: 'x',
      status: 422,
      code: 'schedule.cron',
      detail: 'This is no cron expression.',
      errors: [{ pointer: '/cron', code: 'cron', message: 'It needs five fields.' }],
    };
    open({ 'PATCH /schedules/s1': () => ({ status: 422, body: problem }) }, '?form=s1');
    const cron = await screen.findByLabelText<HTMLInputElement>('Cron expression');
    fireEvent.change(cron, { target: { value: 'soon' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save schedule' }));
    expect(await screen.findByText('It needs five fields.')).toBeDefined();
    expect(cron.value).toBe('soon');
  });

  it('offers nothing to change to somebody who may only look', async () => {
    await signIn(['triggers:read']);
    open();
    expect(await screen.findByText('Morning report')).toBeDefined();
    expect(screen.queryByRole('button', { name: /Change|Delete|Run|New/ })).toBeNull();
  });
});
