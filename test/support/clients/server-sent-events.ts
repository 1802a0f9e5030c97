export interface ServerSentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** Reads a `text/event-stream` body message by message; comments are passed over. Stops reading when the caller does. */
export async function* serverSentEvents(response: Response): AsyncGenerator<ServerSentEvent, void> {
  if (!response.body) return;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    const blocks = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const message = readMessage(block);
      if (message) yield message;
    }
  }
}

function readMessage(block: string): ServerSentEvent | null {
  const fields = block.split('\n').filter((line) => !line.startsWith(':'));
  if (fields.length === 0) return null;
  const value = (name: string): string =>
    fields
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2))
      .join('\n');
  return { id: value('id'), event: value('event'), data: value('data') };
}
