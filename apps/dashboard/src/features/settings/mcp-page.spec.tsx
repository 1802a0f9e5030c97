import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeServer, openPage, signIn } from '@/features/triggers/testing/open-page';
import { McpPage } from './mcp-page';

const tool = (name: string, description = '') => ({
  name,
  agentId: `id-of-${name}`,
  agentName: `Agent ${name}`,
  description,
});

function answer(data: object[], nextCursor: string | null = null) {
  const url = 'https://flow.example.com/mcp';
  return { body: { data, nextCursor, hasMore: nextCursor !== null, url } };
}

describe('the page for MCP clients', () => {
  beforeEach(() => signIn(['agents:read']));
  afterEach(() => vi.unstubAllGlobals());

  it('shows address, command and configuration, with no key in them', async () => {
    vi.stubGlobal('fetch', fakeServer({ 'GET /mcp/tools': () => answer([]) }).fetch);
    openPage(McpPage, '/schedules');
    expect((await screen.findByLabelText('Address')).textContent).toBe('https://flow.example.com/mcp');
    expect(screen.getByLabelText('Claude Code').textContent).toBe(
      'claude mcp add --transport http agentflow https://flow.example.com/mcp --header "Authorization: Bearer YOUR_API_KEY"',
    );
    expect(JSON.parse(screen.getByLabelText('Other clients, as JSON').textContent ?? '')).toEqual({
      mcpServers: {
        agentflow: {
          type: 'http',
          url: 'https://flow.example.com/mcp',
          headers: { Authorization: 'Bearer YOUR_API_KEY' },
        },
      },
    });
    expect(screen.getByText('No agent can be called yet')).toBeDefined();
  });

  it('lists the agents with their names as tools, page by page', async () => {
    const server = fakeServer({
      'GET /mcp/tools': ({ path }) =>
        path.includes('cursor=more') ? answer([tool('last')]) : answer([tool('first', 'Sums up a text.')], 'more'),
    });
    vi.stubGlobal('fetch', server.fetch);
    openPage(McpPage, '/schedules');
    expect((await screen.findByRole('link', { name: 'Agent first' })).getAttribute('href')).toContain('id-of-first');
    expect(screen.getByText('Sums up a text.')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('last')).toBeDefined();
    expect(screen.getByText('None; add one in its settings')).toBeDefined();
  });

  it('says when it could not be loaded', async () => {
    vi.stubGlobal('fetch', fakeServer({}).fetch);
    openPage(McpPage, '/schedules');
    expect(await screen.findByText('The agents that are offered could not be loaded')).toBeDefined();
  });
});
