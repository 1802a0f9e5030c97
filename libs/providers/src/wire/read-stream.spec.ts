import { JsonLines } from './json-lines.js';
import { type ReadStreamOptions, readStream, type Splitter } from './read-stream.js';
import { ServerSentEvents } from './server-sent-events.js';

async function piecesOf(
  chunks: readonly (string | Uint8Array)[],
  splitter: Splitter,
  options?: ReadStreamOptions,
): Promise<string[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      controller.close();
    },
  });
  const pieces: string[] = [];
  for await (const batch of readStream(body, splitter, options)) pieces.push(...batch);
  return pieces;
}

describe('readStream', () => {
  it('reads events with either line ending, several data lines, names and comments', async () => {
    const text =
      ': hello\r\nevent: ping\r\ndata: {"a":1}\r\n\r\nid: 7\ndata:x\ndata: y\n\ndata: [DONE]\n\ndata: late\n\n';
    expect(await piecesOf([text], new ServerSentEvents())).toEqual(['{"a":1}', 'x\ny']);
  });

  it('reads the same however the network tears it, even inside characters and line endings', async () => {
    const bytes = new TextEncoder().encode('data: {"a":"– 👍🏽"}\r\n\r\ndata: b\r\n\r\n');
    for (let size = 1; size <= bytes.length; size++) {
      const chunks: Uint8Array[] = [];
      for (let from = 0; from < bytes.length; from += size) chunks.push(bytes.subarray(from, from + size));
      expect(await piecesOf(chunks, new ServerSentEvents())).toEqual(['{"a":"– 👍🏽"}', 'b']);
    }
  });

  it('reads lines, and drops a piece that has not ended', async () => {
    expect(await piecesOf(['{"a":1}\n\n{"b"', ':2}\r\n{"c":'], new JsonLines())).toEqual(['{"a":1}', '{"b":2}\r']);
    expect(await piecesOf(['data: a\n\ndata: b\n'], new ServerSentEvents())).toEqual(['a']);
  });

  it.each([
    ['one endless piece', ['data: ', 'x'.repeat(60), 'x'.repeat(60)], { maxPieceChars: 100 }],
    ['one long piece that comes at once', [`data: ${'x'.repeat(120)}\n\n`], { maxPieceChars: 100 }],
    ['endless data lines', Array.from({ length: 30 }, () => 'data: 12345\n'), { maxPieceChars: 100 }],
    ['many pieces', Array.from({ length: 30 }, () => 'data: 12345\n\n'), { maxReplyBytes: 100 }],
  ])('stops at %s', async (_what, chunks, options) => {
    await expect(piecesOf(chunks, new ServerSentEvents(), options)).rejects.toMatchObject({
      code: 'provider.reply_too_large',
      retryable: false,
    });
  });

  it('takes a long line in one pass, however small its pieces', async () => {
    const chunks = ['data: ', ...Array.from({ length: 3_000 }, () => 'x'.repeat(1_000)), '\n\n'];
    const startedAt = performance.now();
    expect((await piecesOf(chunks, new ServerSentEvents()))[0]).toHaveLength(3_000_000);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
