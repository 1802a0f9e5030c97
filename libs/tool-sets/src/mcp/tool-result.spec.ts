import { RESULT_BYTES, resultOf } from './tool-result.js';

const text = (words: string) => ({ type: 'text', text: words });
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe('the result of an MCP tool', () => {
  it('is its text when there is nothing but text', () => {
    expect(resultOf({ content: [text('one'), text('two')] })).toBe('one\ntwo');
    expect(resultOf({ content: [] })).toBe('');
  });

  it('is its structured content when there is one', () => {
    expect(resultOf({ content: [text('{"a":1}')], structuredContent: { a: 1 } })).toEqual({ a: 1 });
  });

  it('has pictures, links and files beside the text', () => {
    const content = [
      text('see'),
      { type: 'image', data: 'aGk=', mimeType: 'image/png' },
      { type: 'resource_link', uri: 'https://example.org/a', name: 'a' },
      { type: 'resource', resource: { uri: 'file:///b', mimeType: 'text/plain', text: 'inside' } },
      { type: 'resource', resource: { uri: 'file:///c', blob: 'aGk=' } },
      { type: 'hologram' },
      5,
    ];
    expect(resultOf({ content })).toEqual({
      text: 'see',
      attachments: [
        { type: 'image', data: 'aGk=', mimeType: 'image/png' },
        { type: 'resource_link', uri: 'https://example.org/a', name: 'a' },
        { type: 'resource', uri: 'file:///b', mimeType: 'text/plain', text: 'inside' },
        { type: 'resource', uri: 'file:///c', data: 'aGk=' },
        { type: 'unknown', omitted: true },
        { type: 'unknown', omitted: true },
      ],
    });
  });

  it('says what it left out instead of failing after the work is done', () => {
    const image = (length: number) => ({ type: 'image', data: 'x'.repeat(length), mimeType: 'image/png' });
    const result = resultOf({ content: [text('see'), image(500_000), image(1_000)] });
    expect(result).toEqual({
      text: 'see',
      attachments: [{ type: 'image', mimeType: 'image/png', omitted: true }, image(1_000)],
    });
  });

  it.each([
    ['text', { content: [text('ü"\n'.repeat(300_000))] }],
    ['text and pictures', { content: [text('\u0001'.repeat(300_000)), { type: 'image', data: 'x'.repeat(120_000) }] }],
    ['hundreds of parts', { content: Array.from({ length: 5_000 }, () => ({ type: 'image', data: 'x'.repeat(100) })) }],
    ['structure', { content: [], structuredContent: { rows: Array.from({ length: 50_000 }, () => 'a "row"') } }],
  ])('never weighs more than it may, whatever it is made of: %s', (_what, answer) => {
    expect(bytes(resultOf(answer))).toBeLessThanOrEqual(RESULT_BYTES);
  });
});
