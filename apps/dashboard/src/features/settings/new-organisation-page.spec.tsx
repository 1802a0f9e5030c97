import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NewOrganisationPage } from './new-organisation-page';

/** The page alone behind a router of its own; the server is a fake fetch. */
async function openPage() {
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: '/', component: NewOrganisationPage });
  const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory() });
  render(<RouterProvider router={router as never} />);
  return screen.findByLabelText<HTMLInputElement>('Name');
}

describe('the form for a new organisation', () => {
  const requests: { url: string; body: unknown }[] = [];
  beforeEach(() => {
    requests.length = 0;
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      requests.push({ url, body: JSON.parse(init.body as string) });
      const problem = {
        title: 'Some fields are not right',
        code: 'validation',
        errors: [{ pointer: '/name', code: 'taken', message: 'Another organisation has this name.' }],
      };
      return Promise.resolve(new Response(JSON.stringify(problem), { status: 422 }));
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('says what is missing as soon as the field is left', async () => {
    const name = await openPage();
    fireEvent.focus(name);
    fireEvent.blur(name);
    expect(await screen.findByText('Enter a name.')).toBeDefined();
    expect(name.getAttribute('aria-invalid')).toBe('true');
    expect(requests).toEqual([]);
  });

  it('shows what the server objects to at its field and keeps what was typed', async () => {
    const name = await openPage();
    fireEvent.change(name, { target: { value: ' Northwind ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Make organisation' }));
    expect(await screen.findByText('Another organisation has this name.')).toBeDefined();
    expect(requests).toEqual([{ url: '/api/v1/orgs', body: { name: 'Northwind' } }]);
    expect(name.value).toBe(' Northwind ');
    await waitFor(() => expect(name.getAttribute('aria-describedby')).toBeTruthy());
  });
});
