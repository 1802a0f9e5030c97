import { ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web';
import type { BodyConsumer, BodySource } from './body-consumer.js';

const HIGH_WATER_MARK_BYTES = 64 * 1024;

/** Hands a body on as it arrives; a slow reader slows the sender down, and cancelling closes the connection. */
export class StreamedBody implements BodyConsumer {
  readonly stream: ReadableStream<Uint8Array>;
  private controller!: ReadableStreamDefaultController<Uint8Array>;
  private source: BodySource | undefined;
  private over = false;

  constructor() {
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => void (this.controller = controller),
        pull: () => this.source?.resume(),
        cancel: (reason) => {
          this.over = true;
          this.source?.cancel(reason);
        },
      },
      { highWaterMark: HIGH_WATER_MARK_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
    );
  }

  attach(source: BodySource): void {
    this.source = source;
  }

  write(chunk: Uint8Array): boolean {
    if (!this.over) this.controller.enqueue(chunk);
    return (this.controller.desiredSize ?? 0) > 0;
  }

  end(): void {
    if (this.over) return;
    this.over = true;
    this.controller.close();
  }

  fail(reason: unknown): void {
    if (this.over) return;
    this.over = true;
    this.controller.error(reason);
  }
}
