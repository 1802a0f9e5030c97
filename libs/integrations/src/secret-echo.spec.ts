import { secretEcho, secretEchoStream } from './secret-echo.js';

const TOKEN = 'canary-"quoted"-token';
const HEADERS = { authorization: `Bearer ${TOKEN}`, 'x-kind': 'short' };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One piece after the other, as they come over a connection. */
async function inPieces(text: string, size: number): Promise<string> {
  const whole = bytes(text);
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < whole.length; at += size) controller.enqueue(whole.slice(at, at + size));
      controller.close();
    },
  });
  return new Response(source.pipeThrough(secretEchoStream(HEADERS))).text();
}

describe('a secret that a service repeats', () => {
  const answer = `ü {"said":${JSON.stringify(`you sent Bearer ${TOKEN}`)}} ${TOKEN} canary-"quoted" €`;

  it('is taken out of a text, as it is and as JSON writes it, and leaves short values alone', () => {
    const masked = secretEcho(HEADERS)(`${answer} short`);
    expect(masked).toBe('ü {"said":"you sent •••"} ••• canary-"quoted" € short');
  });

  it.each([1, 2, 3, 7, 1_000])('is taken out of a stream that comes in pieces of %i bytes', async (size) => {
    expect(await inPieces(answer, size)).toBe('ü {"said":"you sent •••"} ••• canary-"quoted" €');
  });

  it('keeps nothing back that is no beginning of one', async () => {
    const reader = new ReadableStream<Uint8Array>({ start: (each) => each.enqueue(bytes('data: {}\n\n')) })
      .pipeThrough(secretEchoStream(HEADERS))
      .getReader();
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value)).toBe('data: {}\n\n');
  });

  it('is no longer a secret when it never comes to its end', async () => {
    expect(await inPieces('Bearer canary-', 4)).toBe('Bearer canary-');
  });

  const hard = 'p"l\\a/n+t &<é>';

  it.each([
    ['PHP', JSON.stringify(hard).replaceAll('/', '\\/')],
    ['Python', JSON.stringify(hard).replaceAll('é', '\\u00e9')],
    ['Go', JSON.stringify(hard).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')],
    ['a log of JSON in JSON', JSON.stringify(JSON.stringify({ sent: hard }))],
    ['an address', `?key=${encodeURIComponent(hard)}`],
    ['a form', `key=${encodeURIComponent(hard).replaceAll('%20', '+')}`],
    ['a page', '<p>p&quot;l\\a/n+t &amp;&lt;é&gt;</p>'],
    ['base64', Buffer.from(hard).toString('base64')],
    ['base64 for addresses', Buffer.from(hard).toString('base64url')],
  ])('is taken out in the words of %s', (_where, text) => {
    const masked = secretEcho({ 'x-api-key': hard })(text);
    expect(masked).toContain('•••');
    expect(masked).not.toMatch(/p.{0,8}l.{0,4}a.{0,4}n/);
  });

  it('is also the password that a Basic header wraps', () => {
    const authorization = `Basic ${Buffer.from('ada:correct:horse').toString('base64')}`;
    expect(secretEcho({ authorization })('no such login: ada / correct:horse')).toBe('no such login: ada / •••');
  });

  it('is not the version of an interface that everybody names', () => {
    expect(secretEcho({ 'x-github-api-version': '2022-11-28' })('released 2022-11-28')).toBe('released 2022-11-28');
  });
});
