import { ModelCallError } from '../errors/model-call-error.js';

/** Cuts a stream's text into the pieces of one wire format, keeping what is not whole yet. */
export interface Splitter {
  /** The pieces that are whole now. */
  take(text: string): string[];
  /** Characters kept back because their piece has not ended. */
  readonly pendingChars: number;
  /** True once the format's own end mark has come. */
  readonly isFinished: boolean;
}

export interface ReadStreamOptions {
  /** Asked after each batch; true ends the reading although the provider has not ended its reply. */
  readonly isComplete?: () => boolean;
  /** Longest single piece in characters; a longer one is not an answer but a flood. */
  readonly maxPieceChars?: number;
  /** Longest whole reply in bytes. */
  readonly maxReplyBytes?: number;
}

const MAX_PIECE_CHARS = 4 * 1024 * 1024;
const MAX_REPLY_BYTES = 64 * 1024 * 1024;

/** How long to wait for the end of a finished reply, so that its connection can be used again. */
const DRAIN_MS = 1_000;

/**
 * The pieces of a streamed reply, one batch per network read so that a fast stream costs one turn of the event loop
 * per read rather than per token. Ends at the format's end mark or at the end of the body; the caller knows from the
 * content whether that end was due. A piece cut off by the end of the body is dropped.
 */
export async function* readStream(
  body: ReadableStream<Uint8Array>,
  splitter: Splitter,
  options: ReadStreamOptions = {},
): AsyncGenerator<string[], void, undefined> {
  const { isComplete = () => false, maxPieceChars = MAX_PIECE_CHARS, maxReplyBytes = MAX_REPLY_BYTES } = options;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  try {
    while (!splitter.isFinished && !isComplete()) {
      const read = await reader.read();
      if (read.done) return;
      bytes += read.value.byteLength;
      const batch = splitter.take(decoder.decode(read.value, { stream: true }));
      if (splitter.pendingChars > maxPieceChars || bytes > maxReplyBytes || batch.some(isFlood(maxPieceChars))) {
        throw new ModelCallError(
          'provider.reply_too_large',
          'The provider sent more than an answer can be; stopped reading.',
        );
      }
      if (batch.length > 0) yield batch;
    }
  } finally {
    if (splitter.isFinished || isComplete()) void drain(reader);
    else void reader.cancel().catch(() => undefined);
  }
}

const isFlood = (maxPieceChars: number) => (piece: string) => piece.length > maxPieceChars;

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
