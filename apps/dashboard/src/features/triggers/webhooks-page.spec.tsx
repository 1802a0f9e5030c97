import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Webhook } from '@/shared/api/generated/schema';
import { type Answers, fakeServer, openPage, signIn } from './testing/open-page';
import { WebhooksPage } from './webhooks-page';

const WEBHOOK: Webhook = {
  id: 'w1',
  agentId: 'a1',
  agentName: 'Triage',
  version: 2,
  name: 'New issues',
  url: 'https://agentflow.test/hooks/abc',
  verification: 'standard-webhooks',
  signatureHeader: null,
  timestampHeader: null,
  inputExpression: null,
  enabled: true,
  lastAt: null,
  lastRun: { id: 'r1', status: 'succeeded' },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

const page = (...data: unknown[]) => ({ body: { data, nextCursor: null, hasMore: false } });

describe('the page of webhooks', () => {
  beforeEach(() => signIn(['triggers:read', 'triggers:write']));
  afterEach(() => vi.unstubAllGlobals());

  const open = (more: Answers = {}, search = '') => {
    const server = fakeServer({
      'GET /webhooks': () => page(WEBHOOK),
      'GET /agents': () => page({ id: 'a1', name: 'Triage', publishedVersion: 2 }),
      'GET /agents/a1/versions': () => page({ number: 2 }),
      ...more,
    });
    vi.stubGlobal('fetch', server.fetch);
    openPage(WebhooksPage, '/schedules/webhooks', search);
    return server;
  };

  it('teaches what a webhook is when there is none', async () => {
    open({ 'GET /webhooks': () => page() });
    expect(await screen.findByText('No webhooks yet')).toBeDefined();
  });

  it('shows address, agent, version and latest run', async () => {
    open();
    expect(await screen.findByText('https://agentflow.test/hooks/abc')).toBeDefined();
    expect(screen.getByText(/version 2/)).toBeDefined();
    expect(screen.getByRole('link', { name: 'Latest run: succeeded' }).getAttribute('href')).toBe('/runs/r1');
  });

  it('says a new secret once, with a command that signs with it', async () => {
    const secret = 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0';
    const { asked } = open(
      { 'POST /webhooks': () => ({ status: 201, body: { ...WEBHOOK, secret } }) },
      '?form=new&agentId=a1',
    );
    fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'New issues' } });
    await screen.findByRole('option', { name: 'Triage' });
    fireEvent.change(screen.getByLabelText('Agent'), { target: { value: 'a1' } });
    fireEvent.click(screen.getByRole('button', { name: 'Make webhook' }));
    expect((await screen.findByLabelText<HTMLInputElement>('Secret')).value).toBe(secret);
    expect(screen.getByLabelText('Command').textContent).toContain(`SECRET='${secret}'`);
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({
      agentId: 'a1',
      version: null,
      name: 'New issues',
      verification: 'standard-webhooks',
      signatureHeader: null,
      timestampHeader: null,
      inputExpression: null,
    });
    fireEvent.click(screen.getByRole('button', { name: 'I have copied it' }));
    expect(screen.queryByText(secret, { exact: false })).toBeNull();
  });

  it('asks before it makes a new secret for a webhook that is in use', async () => {
    open({ 'POST /webhooks/w1/rotate-secret': () => ({ body: { secret: 'whsec_new' } }) });
    fireEvent.click(await screen.findByRole('button', { name: 'New secret for New issues' }));
    expect(await screen.findByText(/signed with the old one are refused/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Make new secret' }));
    await waitFor(async () =>
      expect((await screen.findByLabelText<HTMLInputElement>('Secret')).value).toBe('whsec_new'),
    );
  });

  it('shows its messages and what became of them', async () => {
    const delivery = {
      id: 'd1',
      messageId: 'msg_1',
      outcome: 'accepted',
      executionId: 'r1',
      failure: null,
      repeated: 2,
      receivedAt: '2026-11-20T08:00:00.000Z',
    };
    const failure = { code: 'execution.invalid_input', message: 'The input does not fit.', at: delivery.receivedAt };
    open(
      {
        'GET /webhooks/w1/deliveries': () =>
          page(delivery, { ...delivery, id: 'd2', outcome: 'refused', executionId: null, failure }),
      },
      '?log=w1',
    );
    expect((await screen.findByRole('link', { name: 'Started a run' })).getAttribute('href')).toBe('/runs/r1');
    expect(screen.getByText('The input does not fit.')).toBeDefined();
    expect(screen.getAllByText('2 ×')).toHaveLength(2);
  });

  it('shows a command to try while no message has come', async () => {
    open({ 'GET /webhooks/w1/deliveries': () => page() }, '?log=w1');
    expect(await screen.findByText('No message yet')).toBeDefined();
    expect(screen.getByLabelText('Command').textContent).toContain('curl https://agentflow.test/hooks/abc');
  });
});
