import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { Pool } from 'undici';
import type { AddressLookup } from './host-resolver.js';

export interface ConnectionPoolsOptions {
  readonly maxOrigins: number;
  readonly connectionsPerOrigin: number;
  /** How long an unused connection is kept, unless the server names a shorter time. */
  readonly keepAliveMs: number;
  readonly connectMs: number;
  readonly maxHeaderBytes: number;
}

interface PinnedPool {
  readonly pool: Pool;
  readonly addresses: readonly string[];
}

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/**
 * Kept-alive connections, one pool per origin, each tied to the checked addresses it was made with: connecting never asks a name server.
 * A pool is kept while the name still resolves to one of its addresses, and replaced (after finishing its requests) when it has moved.
 */
export class ConnectionPools {
  /** In order of last use, so that the first is the one to give up. */
  private readonly checked = new Map<string, PinnedPool>();
  private readonly trusted = new Map<string, Pool>();
  /** Given up, but still finishing their requests. */
  private readonly retiring = new Set<Pool>();

  constructor(
    private readonly options: ConnectionPoolsOptions,
    private readonly lookup: AddressLookup,
  ) {}

  forChecked(origin: string, addresses: readonly string[]): Pool {
    const known = this.checked.get(origin);
    if (known?.addresses.some((address) => addresses.includes(address))) {
      this.checked.delete(origin);
      this.checked.set(origin, known);
      return known.pool;
    }
    if (known) this.giveUp(origin, known);
    for (const [oldest, pinned] of this.checked) {
      if (this.checked.size < this.options.maxOrigins) break;
      this.giveUp(oldest, pinned);
    }
    const pool = this.open(origin, () => Promise.resolve(addresses));
    this.checked.set(origin, { pool, addresses });
    return pool;
  }

  /** For an origin from the operator's settings: any address its name has at the moment of connecting. */
  forTrusted(origin: string): Pool {
    const known = this.trusted.get(origin);
    if (known) return known;
    const pool = this.open(origin, this.lookup);
    this.trusted.set(origin, pool);
    return pool;
  }

  async close(): Promise<void> {
    const checked = [...this.checked.values()].map(({ pool }) => pool);
    const pools = [...checked, ...this.trusted.values(), ...this.retiring];
    this.checked.clear();
    this.trusted.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  private giveUp(origin: string, { pool }: PinnedPool): void {
    this.checked.delete(origin);
    this.retiring.add(pool);
    const retired = () => void this.retiring.delete(pool);
    // It rejects when `close` is quicker, which is then the end that was wanted.
    pool.close().then(retired, retired);
  }

  private open(origin: string, lookup: AddressLookup): Pool {
    const { connectionsPerOrigin, keepAliveMs, connectMs, maxHeaderBytes } = this.options;
    return new Pool(origin, {
      connections: connectionsPerOrigin,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: keepAliveMs,
      maxHeaderSize: maxHeaderBytes,
      // The exchange keeps its own deadlines, to the millisecond and per phase.
      headersTimeout: 0,
      bodyTimeout: 0,
      // Happy eyeballs among the given addresses.
      autoSelectFamily: true,
      connect: { lookup: toNodeLookup(lookup), timeout: connectMs },
    });
  }
}

function toNodeLookup(lookup: AddressLookup) {
  return (host: string, options: LookupOptions, callback: LookupCallback): void => {
    lookup(host).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        const [first] = found;
        if (options.all) callback(null, found);
        else if (first) callback(null, first.address, first.family);
        else callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}
