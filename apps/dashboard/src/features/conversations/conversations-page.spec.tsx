import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CONVERSATION, openChatPage, page } from '@/features/playground/testing/open-chat-page';
import { type Answers, fakeServer, signIn } from '@/features/triggers/testing/open-page';
import { ConversationsPage } from './conversations-page';

describe('the page of conversations', () => {
  beforeEach(() => signIn(['executions:start', 'executions:read']));
  afterEach(() => vi.unstubAllGlobals());

  const open = (more: Answers = {}, search = '') => {
    const server = fakeServer({
      'GET /agents': () => page({ id: 'a1', name: 'Helper', slug: 'helper', publishedVersion: 1 }),
      'GET /conversations': () => page(CONVERSATION),
      ...more,
    });
    vi.stubGlobal('fetch', server.fetch);
    openChatPage(ConversationsPage, '/conversations', search);
    return server;
  };
  const menuOf = async (item: string) => {
    fireEvent.keyDown(await screen.findByRole('button', { name: 'More about About gardens' }), { key: 'Enter' });
    fireEvent.click(await screen.findByRole('menuitem', { name: item }));
  };

  it('says what comes here when there is none', async () => {
    open({ 'GET /conversations': () => page() });
    expect(await screen.findByText('No conversations yet')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Open the playground' })).toBeDefined();
  });

  it('offers to show all when none is with that agent', async () => {
    const { asked } = open({ 'GET /conversations': () => page() }, '?agent=a1');
    expect(await screen.findByText('No conversation with this agent')).toBeDefined();
    expect(asked.some(({ path }) => path.startsWith('/conversations') && path.includes('agentId=a1'))).toBe(true);
  });

  it('says what failed and offers to try again', async () => {
    open({
      'GET /conversations': () => ({
        status: 500,
        body: { title: 'x', status: 500, code: 'internal', detail: 'It broke.' },
      }),
    });
    expect(await screen.findByText('The conversations could not be loaded')).toBeDefined();
  });

  it('opens one in the playground, renames it and deletes it', async () => {
    const { asked } = open({
      'PATCH /conversations/c1': () => ({ body: CONVERSATION }),
      'DELETE /conversations/c1': () => ({ status: 200, body: {} }),
    });
    const link = await screen.findByRole('link', { name: 'About gardens' });
    expect(link.getAttribute('href')).toBe('/playground?conversation=c1');
    await menuOf('Rename');
    fireEvent.change(screen.getByLabelText('Title'), { target: { value: ' Gardens ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Rename' }));
    await waitFor(() =>
      expect(asked).toContainEqual({ method: 'PATCH', path: '/conversations/c1', body: { title: 'Gardens' } }),
    );
    await menuOf('Delete');
    fireEvent.click(await screen.findByRole('button', { name: 'Delete conversation' }));
    await waitFor(() => expect(asked.some(({ method }) => method === 'DELETE')).toBe(true));
  });
});
