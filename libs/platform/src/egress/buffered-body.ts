import type { BodyConsumer } from './body-consumer.js';

/** Collects a whole body. Its size is bounded by whoever writes into it. */
export class BufferedBody implements BodyConsumer {
  readonly content: Promise<Buffer>;
  private readonly chunks: Uint8Array[] = [];
  private resolve!: (content: Buffer) => void;
  private reject!: (reason: unknown) => void;

  constructor() {
    this.content = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // A failure may come before anybody waits for the content; it is still delivered to who does.
    this.content.catch(() => undefined);
  }

  /** It takes everything at once, so it never has to ask its source for more. */
  attach(): void {}

  write(chunk: Uint8Array): boolean {
    this.chunks.push(chunk);
    return true;
  }

  end(): void {
    this.resolve(Buffer.concat(this.chunks));
  }

  fail(reason: unknown): void {
    this.reject(reason);
  }
}
