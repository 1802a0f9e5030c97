import type { GraphNode } from '../graph.js';
import { NodeKindRegistry } from '../node-kind-registry.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome } from '../run-host.js';
import { StepError } from '../step-error.js';
import { FakeStepServices, graph, MemoryRunHost, node, type FakeAnswers } from '../testing/index.js';
import { walk } from '../walk.js';
import { httpKind } from './http.kind.js';

async function call(
  config: GraphNode['config'],
  http?: FakeAnswers['http'],
  retry?: GraphNode['retry'],
): Promise<{ outcome: RunOutcome; services: FakeStepServices; host: MemoryRunHost }> {
  const services = new FakeStepServices({ http });
  const host = new MemoryRunHost({ services });
  const nodes = [node('call', 'http', config, { retry }), node('out', 'output', { expression: 'steps.call' })];
  const outcome = await walk(
    compilePlan(graph(nodes, 'start > call > out'), new NodeKindRegistry()),
    { q: 'a b&c', id: 7 },
    host,
  );
  return { outcome, services, host };
}

const url = 'https://api.example.com/things';

describe('the http kind', () => {
  it('calls with what its templates say and continues with status, headers and body', async () => {
    const { outcome, services } = await call({
      method: 'POST',
      url: `${url}?q={{ input.q | url_encode }}`,
      headers: { 'X-Id': '{{ input.id }}' },
      body: '{"q": {{ input.q | json }}}',
    });
    expect(services.httpCalls[0]?.request).toEqual({
      method: 'POST',
      url: `${url}?q=a+b%26c`,
      headers: { 'x-id': '7', 'content-type': 'application/json', 'idempotency-key': 'execution-1:call' },
      body: '{"q": "a b&c"}',
    });
    expect(outcome).toEqual({ status: 'succeeded', output: { status: 200, headers: {}, body: { ok: true } } });
  });

  it.each([
    ['GET', undefined],
    ['HEAD', undefined],
    ['POST', 'execution-1:call'],
    ['PUT', 'execution-1:call'],
    ['PATCH', 'execution-1:call'],
    ['DELETE', 'execution-1:call'],
  ])('sends %s with the Idempotency-Key %s', async (method, key) => {
    const { services } = await call({ method, url });
    expect(services.httpCalls[0]?.request.headers['idempotency-key']).toBe(key);
  });

  it('keeps the Idempotency-Key that the author wrote', async () => {
    const { services } = await call({ method: 'POST', url, headers: { 'Idempotency-Key': 'order-{{ input.id }}' } });
    expect(services.httpCalls[0]?.request.headers['idempotency-key']).toBe('order-7');
  });

  it.each([
    ['GET', 503, false, 2],
    ['GET', 429, false, 2],
    ['GET', 408, false, 2],
    ['PUT', 500, false, 2],
    ['DELETE', 500, false, 2],
    ['GET', 404, false, 1],
    ['POST', 503, false, 1],
    ['PATCH', 503, false, 1],
    ['POST', 503, true, 2],
    ['POST', 400, true, 1],
  ])('after %s answered %d (safe to repeat: %s) has been tried %d times', async (method, status, idempotent, tries) => {
    const { outcome, services } = await call({ method, url, idempotent }, () => ({ status }), {
      maxAttempts: 2,
      backoffMs: 0,
    });
    expect(services.httpCalls).toHaveLength(tries);
    expect(new Set(services.httpCalls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(outcome).toMatchObject({
      status: 'failed',
      error: {
        code: 'http.status',
        message: `${method} api.example.com answered with status ${status}.`,
        stepId: 'call',
      },
    });
  });

  const failing = (outcomeUnknown: boolean) => (): never => {
    throw new StepError({ code: 'http.unreachable', message: 'No answer.', retryable: true, outcomeUnknown });
  };
  const thrice = { maxAttempts: 3, backoffMs: 0 };

  it.each([
    ['GET', true, 3, 'failed'],
    ['PUT', true, 3, 'failed'],
    ['POST', false, 3, 'failed'],
    ['POST', true, 1, 'waiting'],
    ['PATCH', true, 1, 'waiting'],
  ])(
    'sends %s, when it may have been acted upon: %s, %d times and has then %s',
    async (method, isUnknown, times, status) => {
      const { services, outcome, host } = await call({ method, url }, failing(isUnknown), thrice);
      expect(services.httpCalls).toHaveLength(times);
      expect(outcome.status).toBe(status);
      expect([...host.waits.values()].map(({ kind, title, decisions }) => ({ kind, title, decisions }))).toEqual(
        status === 'failed'
          ? []
          : [
              {
                kind: 'effect',
                title: `Did this happen? ${method} api.example.com`,
                decisions: ['happened', 'not_happened'],
              },
            ],
      );
    },
  );

  it('keeps an intent and the answer of what writes, without secrets, and nothing of what reads', async () => {
    const headers = { Authorization: 'Bearer s3cret' };
    const { host } = await call({ method: 'POST', url, headers }, () => ({ status: 201, body: { id: 4 } }));
    await host.commit();
    expect(host.effect('call', 'http')).toMatchObject({
      state: 'completed',
      round: 1,
      response: { status: 201, body: { id: 4 } },
    });
    expect((await call({ method: 'GET', url })).host.effect('call', 'http')).toBeUndefined();
  });

  it('shows its request without secrets', async () => {
    const { host } = await call({
      method: 'GET',
      url: 'https://me:pass@api.example.com/?api_key=s3cret&q=1',
      headers: { Authorization: 'Bearer s3cret', 'X-Auth-Token': 's3cret', Accept: 'text/plain' },
    });
    const shown = host.steps.find(({ path }) => path === 'call')?.input;
    expect(JSON.stringify(shown)).not.toMatch(/s3cret|pass/);
    expect(shown).toMatchObject({ headers: { authorization: '•••', accept: 'text/plain' } });
  });

  it.each(['ftp://example.com', 'file:///etc/passwd', '//example.com', 'javascript:alert(1)', 'nonsense'])(
    'does not call %s',
    async (address) => {
      const { outcome, services } = await call({ method: 'GET', url: address });
      expect(services.httpCalls).toEqual([]);
      expect(outcome).toMatchObject({ error: { code: 'http.invalid_url', retryable: false } });
    },
  );

  it('does not let a value break out of its header', async () => {
    const { outcome, services } = await call({ method: 'GET', url, headers: { 'X-A': 'a\r\nX-Evil: {{ input.id }}' } });
    expect(services.httpCalls).toEqual([]);
    expect(outcome).toMatchObject({ error: { code: 'http.invalid_header' } });
  });

  it('has no body with GET and HEAD', () => {
    expect(httpKind.check?.({ method: 'GET', url, body: 'x' })).toMatchObject([
      { pointer: '/config/body', code: 'http.body_not_allowed' },
    ]);
    expect(httpKind.check?.({ method: 'POST', url, body: 'x' })).toEqual([]);
  });

  it.each([
    { method: 'TRACE', url },
    { method: 'GET' },
    { method: 'GET', url: '' },
    { method: 'GET', url, headers: { 'a b': '1' } },
    { method: 'GET', url, credentialId: 'mine' },
    { method: 'GET', url, proxy: 'x' },
  ])('refuses the configuration %j', (config) => {
    expect(httpKind.configSchema.safeParse(config).success).toBe(false);
  });
});
