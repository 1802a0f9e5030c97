import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { signIn } from '@/features/triggers/testing/open-page';
import type { Agent } from '@/shared/api/generated/schema';
import { AgentSettingsForm } from './agent-settings-form';

const AGENT = {
  id: 'a1',
  name: 'Triage',
  description: 'Sorts tickets',
  revision: 3,
  maxConcurrentRuns: null,
  archivedAt: null,
} as Agent;

interface Sent {
  readonly method: string;
  readonly ifMatch: string | null;
  readonly body: unknown;
}

/** A server that has the agent at a revision of its own and refuses to overwrite a newer one. */
function serverWith(stored: Agent): Sent[] {
  const sent: Sent[] = [];
  let agent = stored;
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    const ifMatch = new Headers(init.headers).get('if-match');
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null;
    sent.push({ method: init.method ?? 'GET', ifMatch, body });
    if (init.method !== 'PATCH') return Promise.resolve(new Response(JSON.stringify(agent)));
    if (ifMatch !== `"${agent.revision}"`) {
      const problem = { title: 'Changed', code: 'agent.changed', status: 412 };
      return Promise.resolve(new Response(JSON.stringify(problem), { status: 412 }));
    }
    agent = { ...agent, ...(body as Partial<Agent>), revision: agent.revision + 1 };
    return Promise.resolve(new Response(JSON.stringify(agent)));
  });
  return sent;
}

async function openForm(permissions: readonly string[] = ['agents:read', 'agents:write'], agent = AGENT) {
  await signIn(permissions);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <AgentSettingsForm agent={agent} />
    </QueryClientProvider>,
  );
}

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe('the settings of an agent', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('saves a limit over the state that was opened, and says so', async () => {
    await openForm();
    const sent = serverWith(AGENT);
    type('Runs at a time', '5');
    fireEvent.submit(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeDefined();
    const body = { name: 'Triage', description: 'Sorts tickets', maxConcurrentRuns: 5 };
    expect(sent).toEqual([{ method: 'PATCH', ifMatch: '"3"', body }]);
  });

  it('lifts the limit when the field is emptied', async () => {
    const limited = { ...AGENT, maxConcurrentRuns: 5 };
    await openForm(undefined, limited);
    const sent = serverWith(limited);
    type('Runs at a time', '');
    fireEvent.submit(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeDefined();
    expect(sent[0]?.body).toMatchObject({ maxConcurrentRuns: null });
  });

  it.each(['0', '2.5', '-1', '100001', 'many'])('does not send %s as a limit', async (limit) => {
    await openForm();
    const sent = serverWith(AGENT);
    type('Runs at a time', limit);
    fireEvent.submit(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/Enter a whole number from 1 to 100,000/)).toBeDefined();
    expect(sent).toEqual([]);
  });

  it('keeps what was typed when somebody else has saved, and saves over it only when told to', async () => {
    await openForm();
    const sent = serverWith({ ...AGENT, name: 'Sorter', revision: 4 });
    type('Runs at a time', '5');
    fireEvent.submit(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Somebody else has changed this agent since you opened it')).toBeDefined();
    expect(screen.getByText('Sorter')).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('Runs at a time').value).toBe('5');
    fireEvent.submit(screen.getByRole('button', { name: 'Save mine over it' }));
    expect(await screen.findByText('Saved')).toBeDefined();
    expect(sent.map(({ method, ifMatch }) => `${method} ${ifMatch ?? ''}`)).toEqual(['PATCH "3"', 'GET ', 'PATCH "4"']);
  });

  it('shows what somebody else has saved when the own change is dropped', async () => {
    await openForm();
    serverWith({ ...AGENT, name: 'Sorter', revision: 4 });
    type('Name', 'Mine');
    fireEvent.submit(screen.getByRole('button', { name: 'Save' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Drop mine and show theirs' }));
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Sorter');
    expect(screen.queryByText(/Somebody else/)).toBeNull();
  });

  it('is only readable for those who may not change agents', async () => {
    await openForm(['agents:read']);
    expect(screen.getByLabelText<HTMLInputElement>('Name').readOnly).toBe(true);
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });
});
