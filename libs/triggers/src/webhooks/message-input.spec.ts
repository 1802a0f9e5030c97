import { message } from '../testing/signed-message.js';
import { assertMaps, inputOf } from './message-input.js';

const json = (body: string, headers: Record<string, string> = {}) =>
  message(body, { 'content-type': 'application/json', ...headers });
const input = (each: ReturnType<typeof message>, expression: string | null = null): Promise<unknown> =>
  inputOf(each, expression, 'x-signature-256');

describe('The input of a run that a message starts', () => {
  it('is the body unless an expression says otherwise', async () => {
    expect(await input(json('{"text":"Hello","nested":{"n":[1,2]}}'))).toEqual({
      text: 'Hello',
      nested: { n: [1, 2] },
    });
    expect(await input(json(''))).toBeNull();
    expect(await input(message('{"a":1}', {}))).toEqual({ a: 1 });
  });

  it('can be made of body, headers and query', async () => {
    const each = { ...json('{"issue":{"title":"Broken"}}', { 'x-event': 'opened' }), query: { team: 'ops' } };
    const expression = '{ "text": body.issue.title, "event": headers.`x-event`, "team": query.team }';
    expect(await input(each, expression)).toEqual({ text: 'Broken', event: 'opened', team: 'ops' });
  });

  it('reads forms as fields, and anything else as text', async () => {
    const form = message('a=1&b=x+y', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(await input(form)).toEqual({ a: '1', b: 'x y' });
    expect(await input(message('<a/>', { 'content-type': 'text/xml' }), '{ "xml": body }')).toEqual({ xml: '<a/>' });
  });

  it('never holds what lets somebody in', async () => {
    const headers = {
      authorization: 'Bearer x',
      cookie: 'a=b',
      'x-api-key': 'k',
      'x-signature-256': 's',
      'x-event': 'e',
    };
    expect(await input(json('{}', headers), 'headers')).toEqual({ 'content-type': 'application/json', 'x-event': 'e' });
  });

  it('is refused when the body is not the JSON that it says it is', async () => {
    await expect(input(json('{"a":'))).rejects.toMatchObject({ kind: 'malformed', code: 'request.not_json' });
  });

  it('is refused when the expression fails, and when there is no end to the nesting', async () => {
    await expect(input(json('{}'), '$number("x")')).rejects.toMatchObject({ code: 'webhook.mapping_failed' });
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    await expect(input(json(deep))).rejects.toMatchObject({ code: 'webhook.mapping_failed' });
  });

  it('has an expression that was read before it was saved', () => {
    expect(() => assertMaps(null)).not.toThrow();
    expect(() => assertMaps('{ "a": body.b }')).not.toThrow();
    expect(() => assertMaps('{ "a": ')).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/inputExpression' })] }),
    );
  });
});
