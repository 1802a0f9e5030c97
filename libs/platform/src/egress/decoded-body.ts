import type { Transform } from 'node:stream';
import type { BodyConsumer, BodySource } from './body-consumer.js';
import type { DecoderFactory } from './content-decoding.js';
import type { EgressLimits } from './egress-limits.js';
import { failed, quote, tooLarge } from './egress.errors.js';

/** Small bodies of repeated text compress beyond any ratio, and do no harm. */
const RATIO_FREE_BYTES = 1024 * 1024;

/** Decompresses on the way to `inner`, and stops a body that grows beyond its limits while it grows. */
export class DecodedBody implements BodyConsumer {
  private decoder: Transform | undefined;
  private source: BodySource | undefined;
  private receivedBytes = 0;
  private decodedBytes = 0;
  private over = false;

  constructor(
    private readonly inner: BodyConsumer,
    private readonly createDecoder: DecoderFactory,
    private readonly host: string,
    private readonly limits: Pick<EgressLimits, 'maxResponseBytes' | 'maxCompressionRatio'>,
  ) {}

  attach(source: BodySource): void {
    this.source = source;
    this.inner.attach({
      resume: () => void this.decoder?.resume(),
      cancel: (reason) => this.stop(reason),
    });
  }

  write(chunk: Uint8Array): boolean {
    this.receivedBytes += chunk.byteLength;
    this.decoder ??= this.start(chunk[0] ?? 0);
    return this.decoder.write(chunk);
  }

  end(): void {
    if (this.decoder) this.decoder.end();
    else this.inner.end();
  }

  fail(reason: unknown): void {
    if (this.over) return;
    this.over = true;
    this.decoder?.destroy();
    this.inner.fail(reason);
  }

  private start(firstByte: number): Transform {
    const decoder = this.createDecoder(firstByte);
    decoder.on('data', (piece: Buffer) => this.pass(decoder, piece));
    decoder.on('drain', () => this.source?.resume());
    decoder.on('end', () => {
      if (this.over) return;
      this.over = true;
      this.inner.end();
    });
    decoder.on('error', () =>
      this.stop(failed(`The compressed response of ${quote(this.host)} is damaged or cut short.`, 'after-send', true)),
    );
    return decoder;
  }

  private pass(decoder: Transform, piece: Buffer): void {
    if (this.over) return;
    this.decodedBytes += piece.byteLength;
    const { maxResponseBytes, maxCompressionRatio } = this.limits;
    if (this.decodedBytes > maxResponseBytes) {
      this.stop(
        tooLarge(`The response of ${quote(this.host)} unpacks to more than ${maxResponseBytes} bytes.`, 'after-send'),
      );
    } else if (this.decodedBytes > RATIO_FREE_BYTES && this.decodedBytes > this.receivedBytes * maxCompressionRatio) {
      this.stop(
        tooLarge(
          `The response of ${quote(this.host)} is compressed more than ${maxCompressionRatio} times, as only decompression bombs are.`,
          'after-send',
        ),
      );
    } else if (!this.inner.write(piece)) {
      decoder.pause();
    }
  }

  private stop(reason: unknown): void {
    this.fail(reason);
    this.source?.cancel(reason);
  }
}
