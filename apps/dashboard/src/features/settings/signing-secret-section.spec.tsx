import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeServer, openPage, signIn } from '@/features/triggers/testing/open-page';
import { SigningSecretSection } from './signing-secret-section';

describe('the signing secret', () => {
  beforeEach(() => signIn(['keys:read', 'keys:write']));
  afterEach(() => vi.unstubAllGlobals());

  it('is read when somebody wants to see it, and a new one is made after a question', async () => {
    let made = 1;
    const server = fakeServer({
      'GET /org/signing-secret': () => ({ body: secret(made) }),
      'POST /org/signing-secret/rotate': () => ({ body: secret((made += 1)) }),
    });
    vi.stubGlobal('fetch', server.fetch);
    openPage(SigningSecretSection, '/schedules');
    const show = await screen.findByRole('button', { name: 'Show secret' });
    expect(server.asked).toEqual([]);
    fireEvent.click(show);
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Signing secret' })).value).toBe('whsec_1');
    fireEvent.click(screen.getByRole('button', { name: 'Rotate' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Rotate secret' }));
    expect(await screen.findByDisplayValue('whsec_2')).toBeDefined();
    expect(screen.getByText(/The one before signs along/)).toBeDefined();
  });

  it('says when it could not be loaded', async () => {
    vi.stubGlobal('fetch', fakeServer({}).fetch);
    openPage(SigningSecretSection, '/schedules');
    fireEvent.click(await screen.findByRole('button', { name: 'Show secret' }));
    expect(await screen.findByText('The signing secret could not be loaded')).toBeDefined();
  });
});

const secret = (number: number) => ({
  secret: `whsec_${number}`,
  createdAt: '2026-01-01T00:00:00.000Z',
  previousSignsUntil: number === 1 ? null : '2026-01-02T00:00:00.000Z',
});
