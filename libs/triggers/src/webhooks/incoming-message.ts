/** A request to a webhook's address, before anything of it is believed. */
export interface IncomingMessage {
  /** Last part of the address. */
  readonly token: string;
  /** By lower-case name, each with all the values that were sent. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** The one value of a header; null when it is absent or was sent twice, because then nobody knows which one is meant. */
export function onlyHeader({ headers }: Pick<IncomingMessage, 'headers'>, name: string): string | null {
  const values = headers[name] ?? [];
  return values.length === 1 ? (values[0] ?? null) : null;
}
