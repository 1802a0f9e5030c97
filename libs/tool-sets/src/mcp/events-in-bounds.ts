/** What one stream of server-sent events may hold. */
export interface EventBounds {
  /** Bytes of one event. */
  readonly maxEventBytes: number;
  readonly maxEvents: number;
}

export interface EventStreamHooks {
  /** The stream is at its end. @param isResumable the server has named an event from which it can be taken up again */
  ended(isResumable: boolean): void;
  /** The stream broke off, or the bounds were broken. */
  failed(error: unknown, isResumable: boolean): void;
}

const [LINE_FEED, CARRIAGE_RETURN] = [10, 13];

/**
 * Hands a stream of server-sent events on as it comes. The reader behind it (an SDK) keeps a whole event in memory, and
 * tells nobody when a stream ends without an answer; so this looks at where events and lines end, and no further.
 *
 * @param refusal what the stream fails with when it breaks a bound
 */
export function eventsInBounds(
  body: ReadableStream<Uint8Array>,
  { maxEventBytes, maxEvents }: EventBounds,
  hooks: EventStreamHooks,
  refusal: (bound: string) => Error,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let [eventBytes, events, lineBytes] = [0, 0, 0];
  let lineStart = '';
  let isResumable = false;
  let before = 0;

  const look = (chunk: Uint8Array): void => {
    for (const byte of chunk) {
      const isSecondOfPair = byte === LINE_FEED && before === CARRIAGE_RETURN;
      before = byte;
      if (isSecondOfPair) continue;
      if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        if (lineStart === 'id:') isResumable = true;
        if (lineBytes === 0) {
          if (eventBytes > 0) events += 1;
          eventBytes = 0;
        }
        lineBytes = 0;
        lineStart = '';
      } else {
        eventBytes += 1;
        lineBytes += 1;
        if (lineBytes <= 3) lineStart += String.fromCharCode(byte);
      }
    }
    if (eventBytes > maxEventBytes) throw refusal(`an event of more than ${maxEventBytes} bytes`);
    if (events > maxEvents) throw refusal(`more than ${maxEvents} events`);
  };

  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await reader.read();
        if (done) {
          controller.close();
          hooks.ended(isResumable);
          return;
        }
        look(value);
        controller.enqueue(value);
      } catch (error) {
        hooks.failed(error, isResumable);
        controller.error(error);
        await reader.cancel(error).catch(() => undefined);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
