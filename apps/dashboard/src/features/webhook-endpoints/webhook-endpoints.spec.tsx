import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answers, fakeServer, signIn } from '@/features/triggers/testing/open-page';
import type { EndpointDelivery, WebhookEndpoint } from '@/shared/api/generated/schema';
import { openSettings } from './testing/open-settings';

const ENDPOINT: WebhookEndpoint = {
  id: 'e1',
  name: 'Orders',
  description: 'The order system',
  url: 'https://example.org/hook',
  events: ['execution.failed'],
  enabled: true,
  disabledReason: null,
  disabledAt: null,
  failures: 0,
  failingSince: null,
  previousSignsUntil: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

const DELIVERY: EndpointDelivery = {
  id: 'd1',
  type: 'execution.failed',
  executionId: 'r1',
  state: 'given_up',
  attempts: 10,
  nextAt: null,
  lastStatus: 503,
  lastError: 'Answered 503; a delivery is answered with 2xx.',
  createdAt: '2026-01-01T00:00:00.000Z',
  deliveredAt: null,
};

const EVENT_TYPES = [
  { type: 'execution.succeeded', description: 'A run ended with an output.' },
  { type: 'execution.failed', description: 'A run failed.' },
];

const page = (...data: unknown[]) => ({ body: { data, nextCursor: null, hasMore: false } });

function open(address: string, more: Answers = {}) {
  const server = fakeServer({
    'GET /webhook-endpoints': () => ({ body: { data: [ENDPOINT] } }),
    'GET /webhook-endpoints/event-types': () => ({ body: { data: EVENT_TYPES } }),
    'GET /webhook-endpoints/e1': () => ({ body: ENDPOINT }),
    'GET /webhook-endpoints/e1/deliveries': () => page(DELIVERY),
    ...more,
  });
  vi.stubGlobal('fetch', server.fetch);
  openSettings(address);
  return server;
}

afterEach(() => vi.unstubAllGlobals());

describe('the list of webhook endpoints', () => {
  beforeEach(() => signIn(['webhooks:read', 'webhooks:write']));

  it('teaches what one is for when there is none', async () => {
    open('/settings/webhook-endpoints', { 'GET /webhook-endpoints': () => ({ body: { data: [] } }) });
    expect(await screen.findByText('No webhook endpoints yet')).toBeDefined();
    expect(screen.getByRole('button', { name: 'New endpoint' })).toBeDefined();
  });

  it('says where each leads and how it does', async () => {
    const gone: WebhookEndpoint = { ...ENDPOINT, id: 'e2', name: 'Old', enabled: false, disabledReason: 'gone' };
    const failing: WebhookEndpoint = {
      ...ENDPOINT,
      id: 'e3',
      name: 'Shaky',
      failures: 2,
      failingSince: ENDPOINT.createdAt,
    };
    open('/settings/webhook-endpoints', {
      'GET /webhook-endpoints': () => ({ body: { data: [ENDPOINT, gone, failing] } }),
    });
    expect(await screen.findAllByText('https://example.org/hook')).toHaveLength(3);
    expect(screen.getByText('On')).toBeDefined();
    expect(screen.getByText('Switched off by AgentFlow')).toBeDefined();
    expect(screen.getByText('Failing')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Orders' }).getAttribute('href')).toBe('/settings/webhook-endpoints/e1');
  });

  it('says when it could not be loaded, and tries again', async () => {
    let isBroken = true;
    open('/settings/webhook-endpoints', {
      'GET /webhook-endpoints': () =>
        isBroken
          ? { status: 500, body: { title: 'Broken', status: 500, code: 'x', detail: 'It broke.' } }
          : { body: { data: [] } },
    });
    expect(await screen.findByText('The webhook endpoints could not be loaded')).toBeDefined();
    isBroken = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No webhook endpoints yet')).toBeDefined();
  });

  it('makes one and shows its secret once', async () => {
    const secret = 'whsec_c2VjcmV0';
    const { asked } = open('/settings/webhook-endpoints?form=new', {
      'POST /webhook-endpoints': () => ({ status: 201, body: { ...ENDPOINT, secret } }),
    });
    fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Orders' } });
    fireEvent.change(screen.getByLabelText('Address'), { target: { value: 'https://example.org/hook' } });
    fireEvent.click(await screen.findByRole('checkbox', { name: /execution\.succeeded/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Make endpoint' }));
    expect((await screen.findByLabelText<HTMLInputElement>('Secret')).value).toBe(secret);
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({
      name: 'Orders',
      url: 'https://example.org/hook',
      description: '',
      events: ['execution.failed'],
    });
    fireEvent.click(screen.getByRole('button', { name: 'I have copied it' }));
    expect(screen.queryByDisplayValue(secret)).toBeNull();
  });

  it('shows what the server refuses at its field, and asks for an event', async () => {
    open('/settings/webhook-endpoints?form=new', {
      'POST /webhook-endpoints': () => ({
        status: 400,
        body: {
          title: 'Malformed',
          status: 400,
          code: 'request.invalid',
          detail: 'Some fields are wrong.',
          errors: [{ pointer: '/url', code: 'isReceiverUrl', message: 'url must be an absolute http or https URL' }],
        },
      }),
    });
    fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Orders' } });
    fireEvent.change(screen.getByLabelText('Address'), { target: { value: 'https://exa mple' } });
    for (const { type } of EVENT_TYPES) {
      fireEvent.click(await screen.findByRole('checkbox', { name: new RegExp(type.replace('.', '\\.')) }));
    }
    fireEvent.click(screen.getByRole('button', { name: 'Make endpoint' }));
    expect(await screen.findByText('Choose at least one event.')).toBeDefined();
    fireEvent.change(screen.getByLabelText('Address'), { target: { value: 'https://example.org' } });
    fireEvent.click(screen.getByRole('checkbox', { name: /execution\.failed/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Make endpoint' }));
    expect(await screen.findByText('url must be an absolute http or https URL')).toBeDefined();
  });
});

describe('the page of a webhook endpoint', () => {
  beforeEach(() => signIn(['webhooks:read', 'webhooks:write']));

  it('shows its deliveries, and one of them with every attempt', async () => {
    open('/settings/webhook-endpoints/e1?delivery=d1', {
      'GET /webhook-endpoints/e1/deliveries/d1': () => ({
        body: {
          ...DELIVERY,
          body: '{"type":"execution.failed","data":{"id":"r1"}}',
          log: [
            {
              number: 1,
              at: DELIVERY.createdAt,
              status: 503,
              error: 'Answered 503',
              durationMs: 12,
              answer: '<b>busy</b>',
            },
          ],
        },
      }),
    });
    expect(await screen.findByText('<b>busy</b>')).toBeDefined();
    expect(screen.getByRole('link', { name: 'View run' }).getAttribute('href')).toBe('/runs/r1');
    expect(screen.getByRole('table', { name: 'Deliveries' })).toBeDefined();
    expect(screen.getAllByText('Given up').length).toBeGreaterThan(1);
  });

  it('sends a test event and tells the answer', async () => {
    const { asked } = open('/settings/webhook-endpoints/e1', {
      'POST /webhook-endpoints/e1/test': () => ({
        body: { deliveryId: 'd2', delivered: true, status: 202, error: null, durationMs: 31, answer: 'thanks' },
      }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Send test event' }));
    expect(await screen.findByText(/Taken: answered 202/)).toBeDefined();
    expect(screen.getByText('thanks')).toBeDefined();
    expect(asked.some(({ method, path }) => method === 'POST' && path === '/webhook-endpoints/e1/test')).toBe(true);
  });

  it('says that it was switched off and why, and switches it on again', async () => {
    const off: WebhookEndpoint = {
      ...ENDPOINT,
      enabled: false,
      disabledReason: 'failing',
      disabledAt: '2026-01-04T00:00:00.000Z',
    };
    const { asked } = open('/settings/webhook-endpoints/e1', {
      'GET /webhook-endpoints/e1': () => ({ body: off }),
      'PATCH /webhook-endpoints/e1': () => ({ body: ENDPOINT }),
    });
    expect(await screen.findByText('AgentFlow switched this endpoint off')).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send failed again' }).disabled).toBe(true);
    fireEvent.click(screen.getByRole('switch', { name: 'Told nothing' }));
    await waitFor(() => expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({ enabled: true }));
  });

  it('sends everything again that was given up', async () => {
    const { asked } = open('/settings/webhook-endpoints/e1', {
      'POST /webhook-endpoints/e1/redeliver-failed': () => ({ status: 202, body: { count: 3, hasMore: false } }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Send failed again' }));
    expect(await screen.findByText('3 messages are sent again.')).toBeDefined();
    const { since } = asked.find(({ method }) => method === 'POST')?.body as { since: string };
    expect(Date.now() - Date.parse(since)).toBeGreaterThan(86_000_000);
  });

  it('shows a new secret after a question', async () => {
    open('/settings/webhook-endpoints/e1', {
      'POST /webhook-endpoints/e1/rotate-secret': () => ({ body: { ...ENDPOINT, secret: 'whsec_new' } }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'New secret for Orders' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Make new secret' }));
    expect((await screen.findByLabelText<HTMLInputElement>('Secret')).value).toBe('whsec_new');
  });

  it('offers nothing to those who may only look', async () => {
    await signIn(['webhooks:read']);
    open('/settings/webhook-endpoints/e1');
    expect(await screen.findByRole('table', { name: 'Deliveries' })).toBeDefined();
    for (const name of ['Send test event', 'Send failed again', 'Delete Orders']) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
  });

  it('says when nothing was sent yet, and clears a filter that matches nothing', async () => {
    open('/settings/webhook-endpoints/e1?state=armed', { 'GET /webhook-endpoints/e1/deliveries': () => page() });
    fireEvent.click(await screen.findByRole('button', { name: 'Show all' }));
    expect(await screen.findByText('Nothing was sent yet')).toBeDefined();
  });
});
