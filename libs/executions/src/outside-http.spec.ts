import { StepError } from '#kernel';
import { AppError } from '#platform/errors';
import { EgressError, type EgressRequest } from '#platform/egress';
import { OutsideHttp } from './outside-http.js';

const SECRET = 'canary-7f2c-9d41-aa30';
const call = { signal: new AbortController().signal, idempotencyKey: 'run:step' };

type Answer = { status?: number; headers?: Record<string, string>; body?: string };

class FakeEgress {
  readonly sent: EgressRequest[] = [];

  constructor(private readonly answer: Answer | Error = {}) {}

  request(request: EgressRequest) {
    this.sent.push(request);
    if (this.answer instanceof Error) return Promise.reject(this.answer);
    const { status = 200, headers = {}, body = '' } = this.answer;
    return Promise.resolve({
      status,
      statusText: '',
      headers,
      setCookies: [],
      url: String(request.url),
      redirected: false,
      body: Buffer.from(body),
    });
  }
}

class FakeVault {
  readonly uses: { credentialId: string; url: string; usedBy: string }[] = [];

  constructor(private readonly answer: Record<string, string> | Error = { authorization: `Bearer ${SECRET}` }) {}

  headersFor(use: FakeVault['uses'][number]): Promise<Record<string, string>> {
    this.uses.push(use);
    return this.answer instanceof Error ? Promise.reject(this.answer) : Promise.resolve(this.answer);
  }
}

function outside(egress: FakeEgress, vault = new FakeVault()): OutsideHttp {
  return new OutsideHttp(egress, vault as unknown as ConstructorParameters<typeof OutsideHttp>[1]);
}

describe('a web request of a step', () => {
  it('carries the credential’s headers, whatever the author has written under the same name', async () => {
    const [egress, vault] = [new FakeEgress(), new FakeVault()];
    const request = {
      method: 'GET',
      url: 'https://api.example.com/x',
      headers: { authorization: 'mine', accept: 'text/plain' },
      credentialId: 'c',
    };
    await outside(egress, vault).send(request, call);
    expect(egress.sent[0]?.headers).toEqual({ authorization: `Bearer ${SECRET}`, accept: 'text/plain' });
    expect(egress.sent[0]).not.toHaveProperty('credentialId');
    expect(vault.uses).toEqual([{ credentialId: 'c', url: request.url, usedBy: 'Run run, step step' }]);
  });

  it('is not sent when the credential may not go there', async () => {
    const egress = new FakeEgress();
    const refused = new AppError('forbidden', 'credential.host_not_allowed', 'No.');
    const request = { method: 'GET', url: 'https://evil.example/', headers: {}, credentialId: 'c' };
    await expect(outside(egress, new FakeVault(refused)).send(request, call)).rejects.toMatchObject({
      code: 'credential.host_not_allowed',
      retryable: false,
    });
    expect(egress.sent).toEqual([]);
  });

  it.each([
    ['text', 'text/plain', `you sent ${SECRET}`],
    ['JSON', 'application/json', JSON.stringify({ headers: { Authorization: `Bearer ${SECRET}` } })],
  ])('does not bring the secret back from a service that echoes it as %s', async (_form, type, body) => {
    const egress = new FakeEgress({ headers: { 'content-type': type, 'x-echo': SECRET }, body });
    const request = { method: 'GET', url: 'https://api.example.com/', headers: {}, credentialId: 'c' };
    const reply = await outside(egress).send(request, call);
    expect(JSON.stringify(reply)).not.toContain(SECRET);
    expect(JSON.stringify(reply)).toContain('•••');
  });

  it('reads JSON where the service says so, and text otherwise', async () => {
    const ask = async (type: string, body: string): Promise<unknown> =>
      (
        await outside(new FakeEgress({ headers: { 'content-type': type }, body })).send(
          { method: 'GET', url: 'https://x.example/', headers: {} },
          call,
        )
      ).body;
    expect(await ask('application/problem+json', '{"a":1}')).toEqual({ a: 1 });
    expect(await ask('application/json', '{broken')).toBe('{broken');
    expect(await ask('text/html', '{"a":1}')).toBe('{"a":1}');
  });

  it('says that nobody knows what a request has done to which no answer came', async () => {
    const lost = new EgressError('egress.timeout', 'Timed out.', { retryable: true, phase: 'after-send' });
    const sending = outside(new FakeEgress(lost)).send(
      { method: 'POST', url: 'https://x.example/', headers: {} },
      call,
    );
    await expect(sending).rejects.toBeInstanceOf(StepError);
    await expect(sending).rejects.toMatchObject({ code: 'egress.timeout', outcomeUnknown: true });
  });
});
