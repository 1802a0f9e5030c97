import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { signIn } from '@/features/triggers/testing/open-page';
import type { Agent } from '@/shared/api/generated/schema';
import { ChatSettingsForm } from './chat-settings-form';

const AGENT = {
  id: 'a1',
  slug: 'triage',
  chat: { whenBusy: 'reject', keepDays: null, windowTokens: 16_000 },
  archivedAt: null,
} as Agent;

async function open(permissions: readonly string[] = ['agents:write']) {
  await signIn(permissions);
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    const body = JSON.parse(init.body as string) as Partial<Agent>;
    sent.push(body);
    return Promise.resolve(new Response(JSON.stringify({ ...AGENT, ...body })));
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ChatSettingsForm agent={AGENT} />
    </QueryClientProvider>,
  );
  return sent;
}

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const save = () => fireEvent.submit(screen.getByRole('button', { name: 'Save conversation settings' }));

describe('how an agent holds conversations', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is saved as it stands in the fields', async () => {
    const sent = await open();
    type('Slug', 'ticket-triage');
    type('A message while it still answers', 'queue');
    type('Keep conversations (days)', '30');
    save();
    expect(await screen.findByText('Saved')).toBeDefined();
    expect(sent).toEqual([{ slug: 'ticket-triage', chat: { whenBusy: 'queue', keepDays: 30, windowTokens: 16_000 } }]);
  });

  it.each([
    ['Slug', 'Not A Slug', /Lower-case letters/],
    ['Keep conversations (days)', '0', /whole days/],
    ['Window (tokens)', '12', /500 to 1,000,000/],
  ])('does not send a wrong value of %s', async (label, value, message) => {
    const sent = await open();
    type(label, value);
    save();
    expect(await screen.findByText(message)).toBeDefined();
    expect(sent).toEqual([]);
  });

  it('is only readable for those who may not change agents', async () => {
    await open(['agents:read']);
    expect(screen.getByLabelText<HTMLInputElement>('Slug').readOnly).toBe(true);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
