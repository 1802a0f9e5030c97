import { ModelCallError } from '../../errors/model-call-error.js';

export interface EventStreamOptions {
  /** Asked after each batch; true ends the reading although the provider has not said `[DONE]`. */
  readonly isComplete?: () => boolean;
  /** Longest single event in characters; a longer one is not an answer but a flood. */
  readonly maxEventChars?: number;
  /** Longest whole reply in bytes. */
  readonly maxReplyBytes?: number;
}

const MAX_EVENT_CHARS = 4 * 1024 * 1024;
const MAX_REPLY_BYTES = 64 * 1024 * 1024;

/** How long to wait for the end of a finished reply, so that its connection can be used again. */
const DRAIN_MS = 1_000;

/**
 * The data of a server-sent event stream, one batch per network read so that a fast stream costs one turn of the
 * event loop per read rather than per token. Ends at `[DONE]` or at the end of the body; the caller knows from the
 * content whether that end was due. An event cut off by the end of the body is dropped.
 */
export async function* readServerSentEvents(
  body: ReadableStream<Uint8Array>,
  options: EventStreamOptions = {},
): AsyncGenerator<string[], void, undefined> {
  const { isComplete = () => false, maxEventChars = MAX_EVENT_CHARS, maxReplyBytes = MAX_REPLY_BYTES } = options;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let data: string | undefined;
  let bytes = 0;
  let finished = false;
  try {
    while (!finished && !isComplete()) {
      const read = await reader.read();
      if (read.done) return;
      bytes += read.value.byteLength;
      rest += decoder.decode(read.value, { stream: true });
      const batch: string[] = [];
      let from = 0;
      for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n', from)) {
        const line = rest.slice(from, rest.charCodeAt(end - 1) === 13 && end > from ? end - 1 : end);
        from = end + 1;
        if (line === '') {
          if (data !== undefined) batch.push(data);
          data = undefined;
        } else if (line.startsWith('data:')) {
          const value = line.slice(line.charCodeAt(5) === 32 ? 6 : 5);
          if (value === '[DONE]') {
            finished = true;
            break;
          }
          data = data === undefined ? value : `${data}\n${value}`;
        }
      }
      rest = rest.slice(from);
      if (batch.length > 0) yield batch;
      if (rest.length + (data?.length ?? 0) > maxEventChars || bytes > maxReplyBytes) {
        throw new ModelCallError(
          'provider.reply_too_large',
          'The provider sent more than an answer can be; stopped reading.',
        );
      }
    }
  } finally {
    if (finished || isComplete()) void drain(reader);
    else void reader.cancel().catch(() => undefined);
  }
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const giveUp = setTimeout(() => void reader.cancel().catch(() => undefined), DRAIN_MS);
  giveUp.unref();
  try {
    while (!(await reader.read()).done);
  } catch {
    // The answer was complete; how its connection ends is of no interest to anybody.
  } finally {
    clearTimeout(giveUp);
  }
}
