import { eventsInBounds } from './events-in-bounds.js';

const BOUNDS = { maxEventBytes: 100, maxEvents: 3 };

/** What came out, and what the hooks have heard. */
async function through(pieces: readonly string[], bounds = BOUNDS): Promise<{ text: string; heard: unknown[] }> {
  const heard: unknown[] = [];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  const bounded = eventsInBounds(
    body,
    bounds,
    { ended: (isResumable) => heard.push({ isResumable }), failed: (error) => heard.push(error) },
    (bound) => new Error(bound),
  );
  const text = await new Response(bounded).text().catch(() => 'failed');
  return { text, heard };
}

describe('a stream of server-sent events', () => {
  it('is handed on as it is, and told of at its end', async () => {
    expect(await through(['data: {}\n', '\n', ': still there\r\n\r\n'])).toEqual({
      text: 'data: {}\n\n: still there\r\n\r\n',
      heard: [{ isResumable: false }],
    });
  });

  it.each([['id: 7\ndata: {}\n\n'], ['data: {}\ni', 'd', ':7\n\n']])(
    'is known to be resumable by an id: %j',
    async (...pieces) => {
      expect((await through(pieces)).heard).toEqual([{ isResumable: true }]);
    },
  );

  it('does not take a line that only begins alike for an id', async () => {
    expect((await through(['data: id:\nidle: 1\n\n'])).heard).toEqual([{ isResumable: false }]);
  });

  it('may go on for long as long as each event is small', async () => {
    const { text, heard } = await through(
      Array.from({ length: 50 }, () => `data: ${'x'.repeat(90)}\n\n`),
      {
        ...BOUNDS,
        maxEvents: 50,
      },
    );
    expect(text).toHaveLength(50 * 98);
    expect(heard).toEqual([{ isResumable: false }]);
  });

  it.each([
    ['one event too large', ['data: ', 'x'.repeat(60), 'x'.repeat(60)], /more than 100 bytes/],
    ['one event of many lines', Array.from({ length: 20 }, () => 'data: xxxxx\n'), /more than 100 bytes/],
    ['one event of many lines with carriage returns', Array.from({ length: 20 }, () => 'data: xxxxx\r\n'), /100 bytes/],
    ['too many events', ['data: 1\n\ndata: 2\n\n', 'data: 3\n\ndata: 4\n\n'], /more than 3 events/],
  ])('ends with %s', async (_what, pieces, message) => {
    const { text, heard } = await through(pieces);
    expect(text).toBe('failed');
    expect(heard).toEqual([expect.objectContaining({ message: expect.stringMatching(message) as string })]);
  });
});
