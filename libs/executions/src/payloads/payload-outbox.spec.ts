import { beginningOf, LARGE_BYTES } from './payload.js';
import { PayloadOutbox } from './payload-outbox.js';

describe('The text of a row', () => {
  const textOf = (row: object, outbox = new PayloadOutbox()): Record<string, unknown> =>
    JSON.parse(outbox.textOf(row, ['input', 'output', 'error'])) as Record<string, unknown>;

  it('holds a value of 64 KiB of JSON and refers to one that is a byte longer', () => {
    const most = 'x'.repeat(LARGE_BYTES - 2);
    expect(textOf({ output: most })).toEqual({ output: most });
    expect(textOf({ output: `${most}x` })).toMatchObject({
      output: null,
      large: { output: { bytes: LARGE_BYTES + 1 } },
    });
  });

  it('counts bytes and not characters', () => {
    const text = 'ü'.repeat(LARGE_BYTES / 2);
    expect(textOf({ output: text })).toMatchObject({ large: { output: { bytes: LARGE_BYTES + 2 } } });
  });

  it('refers to the same value in row and event, and hands it over once', () => {
    const outbox = new PayloadOutbox();
    const output = { text: 'x'.repeat(LARGE_BYTES) };
    const row = textOf({ output }, outbox);
    const event = JSON.parse(outbox.eventText({ data: { output: { ...output } } }, ['output'])) as { data: object };
    expect(event.data).toMatchObject({ large: (row as { large: object }).large });
    const [payload, ...more] = outbox.take();
    expect(more).toEqual([]);
    expect(payload?.content).toBe(JSON.stringify(output));
    textOf({ output }, outbox);
    expect(outbox.isEmpty).toBe(true);
  });

  it('keeps of a large error what can be acted on', () => {
    const error = { code: 'http.status', message: 'no '.repeat(LARGE_BYTES), retryable: true, stepId: 'a' };
    const row = textOf({ error }) as { error: typeof error; large: object };
    expect(row.error).toMatchObject({ code: 'http.status', retryable: true, stepId: 'a' });
    expect(row.error.message).toMatch(/^no no .*…$/);
    expect(Object.keys(row.large)).toEqual(['error']);
  });

  it('does not take a value for a reference, whatever it looks like', () => {
    const output = { large: { output: { hash: 'f'.repeat(64), bytes: 1, preview: '' } } };
    expect(textOf({ output })).toEqual({ output });
  });
});

describe('The beginning of a text', () => {
  it('is at most 2 KiB and ends with a whole character', () => {
    for (const character of ['x', 'ü', '€', '😀']) {
      const beginning = beginningOf(character.repeat(4_000));
      expect(Buffer.byteLength(beginning)).toBeLessThanOrEqual(2_048);
      expect(beginning).toBe(character.repeat(beginning.length / character.length));
    }
  });
});
