import type { EgressRequest, EgressResponse } from '#platform/egress';
import { EgressError } from '#platform/egress';
import { ToolRegistry } from '../tool-registry.js';
import { builtInTools as toolsOver } from './built-in-tools.js';

/** What these tools do not reach for. */
const elsewhere = {
  fetchWith: () => () => Promise.reject(new Error('not here')),
  checkedAddresses: () => Promise.reject(new Error('not here')),
};
const builtInTools = ({ request }: { request: (asked: EgressRequest) => Promise<EgressResponse> }) =>
  toolsOver({ ...elsewhere, request });

type Answer = (request: EgressRequest) => Partial<EgressResponse>;

/** Arguments go through the check first, as everywhere. */
async function run(name: string, args: Record<string, unknown>, answer: Answer = () => ({})): Promise<unknown> {
  const request = (asked: EgressRequest): Promise<EgressResponse> =>
    Promise.resolve({ status: 200, headers: {}, body: Buffer.from(''), ...answer(asked) } as EgressResponse);
  const registry = new ToolRegistry(builtInTools({ request: async (asked) => request(asked) }));
  const problems = (await registry.find(name))?.check(args) ?? [];
  if (problems.length > 0) throw new Error(problems[0]?.message);
  return registry.run(name, args, { signal: new AbortController().signal, idempotencyKey: 'run:step' });
}

describe('the calculator tool', () => {
  it('calculates, and says where it cannot', async () => {
    expect(await run('calculator', { expression: '(2 + 3) * 4' })).toEqual({ result: 20 });
    await expect(run('calculator', { expression: '2 +' })).rejects.toMatchObject({ code: 'calculator.invalid' });
    await expect(run('calculator', { expression: '1', eval: true })).rejects.toThrow(/eval/);
  });
});

describe('the datetime tool', () => {
  it('knows the present moment', async () => {
    const { epochMs } = (await run('datetime', { operation: 'now' })) as { epochMs: number };
    expect(Math.abs(epochMs - Date.now())).toBeLessThan(5_000);
  });

  it.each([
    [
      'a day, over the change to winter time',
      { time: '2026-10-24T12:00:00+02:00', amount: 1, unit: 'days', timeZone: 'Europe/Berlin' },
      '2026-10-25T12:00:00.000+01:00',
    ],
    [
      '24 hours, over the change to winter time',
      { time: '2026-10-24T12:00:00+02:00', amount: 24, unit: 'hours', timeZone: 'Europe/Berlin' },
      '2026-10-25T11:00:00.000+01:00',
    ],
    [
      'a day, into the hour that is left out',
      { time: '2026-03-28T02:30:00+01:00', amount: 1, unit: 'days', timeZone: 'Europe/Berlin' },
      '2026-03-29T03:30:00.000+02:00',
    ],
    [
      'a month after the last of January',
      { time: '2027-01-31', amount: 1, unit: 'months' },
      '2027-02-28T00:00:00.000+00:00',
    ],
    [
      'a month back over the year',
      { time: '2026-01-15T08:00:00Z', amount: -1, unit: 'months' },
      '2025-12-15T08:00:00.000+00:00',
    ],
    ['a year after a leap day', { time: '2028-02-29', amount: 1, unit: 'years' }, '2029-02-28T00:00:00.000+00:00'],
    [
      'weeks in New York',
      { time: '2026-11-21T00:00:00Z', amount: 2, unit: 'weeks', timeZone: 'America/New_York' },
      '2026-12-04T19:00:00.000-05:00',
    ],
    [
      'minutes in India',
      { time: '2026-11-21T00:00:00Z', amount: 90, unit: 'minutes', timeZone: 'Asia/Kolkata' },
      '2026-11-21T07:00:00.000+05:30',
    ],
  ])('adds %s', async (_title, args, local) => {
    expect(await run('datetime', { operation: 'add', ...args })).toMatchObject({ local });
  });

  it('tells how far apart two moments are, and writes one for people', async () => {
    const days = { operation: 'diff', time: '2026-11-21', to: '2026-12-24' };
    expect(await run('datetime', days)).toEqual({ amount: 33, unit: 'days', milliseconds: 33 * 86_400_000 });
    const format = { operation: 'format', time: '2026-11-21T09:30:00Z', timeZone: 'Europe/Berlin', locale: 'de-DE' };
    expect(await run('datetime', format)).toEqual({
      text: expect.stringMatching(/21\. November 2026.*10:30/) as string,
    });
  });

  it.each([
    { operation: 'add', time: 'tomorrow', amount: 1, unit: 'days' },
    { operation: 'add', time: '2026-13-45', amount: 1, unit: 'days' },
    { operation: 'add', time: '2026-11-21', amount: 1e15, unit: 'years' },
    { operation: 'add', time: '2026-11-21', unit: 'days' },
    { operation: 'diff', time: '2026-11-21' },
    { operation: 'diff', time: '2026-11-21', to: '2026-12-21', unit: 'months' },
    { operation: 'now', timeZone: 'Moon/Crater' },
    { operation: 'format', time: '2026-11-21', locale: '../../etc' },
  ])('does not make %j up', async (args) => {
    await expect(run('datetime', args)).rejects.toMatchObject({ code: 'datetime.invalid' });
  });
});

describe('the json tool', () => {
  it('queries, reads and writes', async () => {
    const data = { items: [{ price: 5 }, { price: 20 }] };
    expect(await run('json', { operation: 'query', data, expression: 'input.items[price > 10].price' })).toEqual({
      value: 20,
    });
    expect(await run('json', { operation: 'query', data, expression: 'input.nothing' })).toEqual({ value: null });
    expect(await run('json', { operation: 'parse', text: '[1]' })).toEqual({ value: [1] });
    expect(await run('json', { operation: 'stringify', data: { a: 1 }, indent: 1 })).toEqual({ text: '{\n "a": 1\n}' });
  });

  it('refuses what is no JSON and no expression, and works for no longer than it may', async () => {
    await expect(run('json', { operation: 'parse', text: '{' })).rejects.toMatchObject({ code: 'json.invalid' });
    await expect(run('json', { operation: 'query', expression: '((' })).rejects.toMatchObject({ code: 'json.invalid' });
    const endless = { operation: 'query', data: 1, expression: '($f := function($n) { $f($n + 1) }; $f(0))' };
    await expect(run('json', endless)).rejects.toMatchObject({ code: 'expression.failed' });
    expect(await run('json', { operation: 'parse', text: '{"__proto__":{"x":1}}' })).toEqual({ value: {} });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('the text tool', () => {
  it.each([
    [
      { operation: 'count', text: 'Größe 😀 it’s\nok' },
      { characters: 15, words: 3, lines: 2 },
    ],
    [
      { operation: 'count', text: '' },
      { characters: 0, words: 0, lines: 0 },
    ],
    [
      { operation: 'split', text: 'a;b', separator: ';' },
      { parts: ['a', 'b'], isComplete: true },
    ],
    [{ operation: 'replace', text: 'a.b.c', search: '.', replacement: '$&' }, { text: 'a$&b$&c' }],
    [{ operation: 'upper', text: 'straße' }, { text: 'STRASSE' }],
    [{ operation: 'title', text: 'élan VITAL' }, { text: 'Élan Vital' }],
    [{ operation: 'slice', text: 'a😀b', start: 1, end: 2 }, { text: '😀' }],
    [{ operation: 'slice', text: 'abc', start: -2 }, { text: 'bc' }],
    [{ operation: 'trim', text: ' a ' }, { text: 'a' }],
  ])('%j', async (args, result) => {
    expect(await run('text', args)).toEqual(result);
  });

  it('does not let a replacement grow without end', async () => {
    const bomb = { operation: 'replace', text: 'a'.repeat(100_000), search: 'a', replacement: 'b'.repeat(1_000) };
    await expect(run('text', bomb)).rejects.toMatchObject({ code: 'tool.output_too_large' });
  });
});

describe('the http_request tool', () => {
  it('goes through the egress door and gives status, headers and body', async () => {
    let asked: EgressRequest | undefined;
    const result = await run(
      'http_request',
      { url: 'https://example.com/a', method: 'POST', body: { a: 1 } },
      (request) => {
        asked = request;
        return { status: 404, headers: { 'content-type': 'application/json' }, body: Buffer.from('{"no":1}') };
      },
    );
    expect(result).toEqual({ status: 404, headers: { 'content-type': 'application/json' }, body: { no: 1 } });
    expect(asked).toMatchObject({
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'run:step' },
    });
  });

  it.each([
    ['GET', 'read', true],
    ['HEAD', 'read', true],
    ['POST', 'write', false],
    ['PATCH', 'write', false],
    ['PUT', 'write', true],
    ['DELETE', 'write', true],
  ])('%s counts as %s', async (method, effect, repeatable) => {
    const found = await new ToolRegistry(builtInTools({ request: () => Promise.reject(new Error('no')) })).find(
      'http_request',
    );
    expect(found?.effectOf({ url: 'x', method })).toBe(effect);
    expect(found?.isRepeatable({ url: 'x', method })).toBe(repeatable);
  });

  it('shows its arguments without secrets', async () => {
    const found = await new ToolRegistry(builtInTools({ request: () => Promise.reject(new Error('no')) })).find(
      'http_request',
    );
    const shown = found?.maskArguments({
      url: 'https://a:b@example.com/?token=s3',
      headers: { Authorization: 'Bearer s3' },
    });
    expect(JSON.stringify(shown)).not.toMatch(/s3|a:b/);
  });

  it('says that nobody knows what a write has done to which no answer came', async () => {
    const late = (): never => {
      throw new EgressError('egress.timeout', 'Timed out.', { retryable: true, phase: 'after-send' });
    };
    const url = 'https://example.com';
    await expect(run('http_request', { url, method: 'POST' }, late)).rejects.toMatchObject({ outcomeUnknown: true });
    await expect(run('http_request', { url }, late)).rejects.toMatchObject({ outcomeUnknown: false });
  });

  it.each([
    { url: 'file:///etc/passwd' },
    { url: 'https://example.com', headers: { a: 'b\r\nc: d' } },
    { url: 'https://example.com', body: 'x' },
  ])('does not send %j', async (args) => {
    await expect(run('http_request', args)).rejects.toMatchObject({ code: expect.stringMatching(/^http\./) as string });
  });
});
