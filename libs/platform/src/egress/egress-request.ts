import type { ReadableStream } from 'node:stream/web';
import type { EgressLimits } from './egress-limits.js';

/** What a caller may narrow for its own requests. */
export interface EgressPolicy {
  readonly limits?: Partial<EgressLimits>;
  /**
   * Hosts that the request, redirects included, may reach: `api.example.com`, or `*.example.com` for every name below it.
   * Set it whenever a stored credential is attached. Anything public is reachable without it; an empty list allows nothing.
   */
  readonly allowHosts?: readonly string[];
  /** `manual` hands a redirect response to the caller instead of following it. `follow` by default. */
  readonly redirect?: 'follow' | 'manual';
}

export interface EgressRequest extends EgressPolicy {
  /** `GET` by default. */
  readonly method?: string;
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Held in memory, so that a 307 or 308 can send it again. */
  readonly body?: string | Uint8Array;
  /** Aborting rejects with the signal's own reason. */
  readonly signal?: AbortSignal;
}

export interface EgressResponseHead {
  readonly status: number;
  readonly statusText: string;
  /** Lower-case names; several values of one name are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Each `set-cookie` line apart, because they cannot be joined. */
  readonly setCookies: readonly string[];
  /** Where the response came from in the end. */
  readonly url: string;
  readonly redirected: boolean;
}

export interface EgressResponse extends EgressResponseHead {
  /** Decompressed. */
  readonly body: Buffer;
}

export interface EgressStream extends EgressResponseHead {
  /** Decompressed. Read it or cancel it: until then it holds a connection, at most until `totalMs`. */
  readonly body: ReadableStream<Uint8Array>;
}
