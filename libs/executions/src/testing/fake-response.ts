import { Writable } from 'node:stream';
import type { Response } from 'express';

/** As much of a response as the doors of runs use; its reader takes what it is told to take. */
export class FakeResponse extends Writable {
  statusCode = 200;
  body = '';
  headersSent = false;
  answer: unknown;
  readonly headers = new Map<string, string>();
  private pending: (() => void)[] = [];

  /** @param takes whether the reader takes what it is sent; a stuck one does not */
  constructor(private takes = true) {
    super({ highWaterMark: 64, decodeStrings: false });
  }

  /** What the doors were written for. */
  get response(): Response {
    return this as unknown as Response;
  }

  status(code: number): this {
    this.statusCode = code;
    return this;
  }

  setHeader(name: string, value: string): this {
    this.headers.set(name.toLowerCase(), value);
    return this;
  }

  flushHeaders(): void {
    this.headersSent = true;
  }

  json(body: unknown): this {
    this.answer = body;
    this.headersSent = true;
    return this;
  }

  /** The stuck reader goes on. */
  takeAll(): void {
    this.takes = true;
    for (const taken of this.pending.splice(0)) taken();
  }

  override _write(text: string, _encoding: string, taken: () => void): void {
    this.body += text;
    if (this.takes) taken();
    else this.pending.push(taken);
  }
}
