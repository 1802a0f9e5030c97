import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signIn } from '@/features/triggers/testing/open-page';
import { EVERYTHING, openToolSets, SET } from './testing/open-tool-sets';

beforeEach(() => signIn(EVERYTHING));
afterEach(() => vi.unstubAllGlobals());

describe('adding an MCP server', () => {
  it('shows the server’s tools for review, and what is wrong at its field', async () => {
    let status = 422;
    const { asked } = openToolSets('/tools/sets/new', {
      'POST /tool-sets': () =>
        status === 201
          ? { status, body: SET }
          : {
              status,
              body: {
                title: 'No',
                status,
                code: 'tool_set.invalid',
                detail: 'No.',
                errors: [{ pointer: '/url', code: 'isWebAddress', message: 'url must be an http address' }],
              },
            },
    });
    fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Issue tracker' } });
    fireEvent.change(screen.getByLabelText('Address'), { target: { value: 'npx some-server' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add server' }));
    expect(await screen.findByText('url must be an http address')).toBeDefined();
    status = 201;
    fireEvent.change(screen.getByLabelText('Address'), { target: { value: SET.url } });
    fireEvent.click(screen.getByRole('button', { name: 'Add server' }));
    expect(await screen.findByRole('heading', { name: 'Issue tracker' })).toBeDefined();
    expect(asked.filter(({ method }) => method === 'POST').at(-1)?.body).toEqual({
      kind: 'mcp',
      name: 'Issue tracker',
      url: SET.url,
    });
  });
});
