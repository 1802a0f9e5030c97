/** Where a body comes from, as its consumer sees it. */
export interface BodySource {
  /** After `write` returned false: more can be taken. */
  resume(): void;
  /** Nothing more is wanted; `reason` is what a later reader gets to see. */
  cancel(reason: unknown): void;
}

/** Takes a response body piece by piece; `end` or `fail` comes once and last. */
export interface BodyConsumer {
  attach(source: BodySource): void;
  /** False asks the source to wait for `resume`. */
  write(chunk: Uint8Array): boolean;
  end(): void;
  fail(reason: unknown): void;
}
