import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signIn } from '@/features/triggers/testing/open-page';
import { EVERYTHING, openToolSets, SET } from './testing/open-tool-sets';

beforeEach(() => signIn(EVERYTHING));
afterEach(() => vi.unstubAllGlobals());

describe('the list of tool sets', () => {
  it('says what each is, how it stands and how many of its tools are on', async () => {
    openToolSets('/tools/sets', {
      'GET /tool-sets': () => ({ body: { data: [{ ...SET, status: 'needs_review', toolCount: 3 }] } }),
    });
    const table = await screen.findByRole('table', { name: 'Tool sets' });
    for (const text of ['Issue tracker', 'MCP server', 'Needs review', '1 of 3']) {
      expect(within(table).getByText(text)).toBeDefined();
    }
  });

  it('offers both ways to begin where there is none, to those who may', async () => {
    openToolSets('/tools/sets', { 'GET /tool-sets': () => ({ body: { data: [] } }) });
    expect(await screen.findByText('No tool sets yet')).toBeDefined();
    expect(screen.getAllByRole('link', { name: 'Add MCP server' })).toHaveLength(2);
  });

  it('offers nothing to those who may only look, and says when it could not be loaded', async () => {
    await signIn(['agents:read']);
    openToolSets('/tools/sets', { 'GET /tool-sets': () => ({ status: 500, body: {} }) });
    expect(await screen.findByText('The tool sets could not be loaded')).toBeDefined();
    expect(screen.queryByRole('link', { name: 'Add MCP server' })).toBeNull();
  });
});
