import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LargeValue } from './large-value';
import { TooltipProvider } from './tooltip';

const REFERENCE = { hash: 'a'.repeat(64), bytes: 300_000, preview: '{"text":"It begins' };

describe('a value that is too large to come along', () => {
  let asked: string[];
  let answer: () => Response;

  beforeEach(() => {
    asked = [];
    answer = () => Response.json({ text: 'It begins and ends' });
    vi.stubGlobal('fetch', (path: string) => {
      asked.push(path);
      return Promise.resolve(answer());
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  function show(bytes = REFERENCE.bytes): void {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    render(
      <QueryClientProvider client={client}>
        <TooltipProvider>
          <LargeValue executionId="run" reference={{ ...REFERENCE, bytes }} label="output" />
        </TooltipProvider>
      </QueryClientProvider>,
    );
  }

  it('shows its size and how it begins, and asks for nothing', () => {
    show();
    expect(screen.getByText('293 KiB')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'How the output begins' }).textContent).toContain('It begins');
    expect(asked).toEqual([]);
  });

  it('is shown whole when asked for', async () => {
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Load output' }));
    expect(await screen.findByText('"It begins and ends"')).toBeTruthy();
    expect(asked).toEqual([`/api/v1/executions/run/payloads/${REFERENCE.hash}`]);
  });

  it('says when it could not be loaded, and tries again', async () => {
    answer = () => Response.json({ title: 'Not found', status: 404, code: 'payload.not_found' }, { status: 404 });
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Load output' }));
    expect(await screen.findByText('The output could not be loaded')).toBeTruthy();
    answer = () => Response.json('back');
    fireEvent.click(screen.getByRole('button', { name: /again/i }));
    expect(await screen.findByText('"back"')).toBeTruthy();
  });

  it('can only be downloaded when it would freeze the page', async () => {
    const made = vi.fn(() => 'blob:x');
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: made, revokeObjectURL: vi.fn() }));
    show(40 * 1024 * 1024);
    expect(screen.queryByRole('button', { name: 'Load output' })).toBeNull();
    expect(screen.getByText('Too large to show here')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Download output' }));
    await waitFor(() => expect(made).toHaveBeenCalledOnce());
  });
});
