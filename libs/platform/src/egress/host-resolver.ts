import { lookup as systemLookup } from 'node:dns/promises';
import type { AddressPolicy } from './address-policy.js';
import { blockedAddress, failed, quote } from './egress.errors.js';
import type { EgressTarget } from './egress-target.js';
import { codeOf } from './transport-error.js';

/** All addresses of a name, IPv4 and IPv6, in the order in which they should be tried. */
export type AddressLookup = (host: string) => Promise<readonly string[]>;

const LOOPBACK = ['127.0.0.1', '::1'];
const LOOPBACK_NAME = /^(?:(?:.+\.)?localhost|(?:.+\.)?localdomain|ip6-localhost|ip6-loopback)$/;
const METADATA_NAME = /^(?:metadata|metadata\.(?:.+\.)?internal|metadata\.goog|(?:.+\.)?instance-data(?:\..+)?)$/;
const MAX_CACHED_NAMES = 1000;

interface CachedAnswer {
  readonly addresses: readonly string[];
  readonly expiresAt: number;
}

/**
 * Turns a host into the addresses that may be connected to, or refuses it: one address outside the policy refuses them all, because the choice among them is not ours.
 * Allowed answers are kept for a moment, so that a busy host costs no lookup per request. That is safe: what is kept are addresses that passed the check, and only those are connected to.
 */
export class HostResolver {
  private readonly answers = new Map<string, CachedAnswer>();
  private readonly asking = new Map<string, Promise<readonly string[]>>();

  constructor(
    private readonly policy: AddressPolicy,
    private readonly lookup: AddressLookup = lookupBySystem,
    private readonly cacheMs = 30_000,
  ) {}

  /** Answers at once when no name server has to be asked. Rejects with an EgressError that knows nothing of earlier hops: its phase is `before-send`. */
  resolve({ host, isAddress }: EgressTarget): readonly string[] | Promise<readonly string[]> {
    if (isAddress) return this.check(host, [host]);
    // Never asked for: whatever a name server says, these mean this machine (RFC 6761).
    if (LOOPBACK_NAME.test(host)) return this.check(host, this.openedLoopback());
    if (METADATA_NAME.test(host)) throw blockedAddress(host, 'before-send');
    const known = this.answers.get(host);
    if (known && known.expiresAt > performance.now()) return known.addresses;
    return this.asking.get(host) ?? this.ask(host);
  }

  private openedLoopback(): readonly string[] {
    return LOOPBACK.filter((address) => this.policy.isAllowed(address));
  }

  private check(host: string, addresses: readonly string[]): readonly string[] {
    if (addresses.length > 0 && addresses.every((address) => this.policy.isAllowed(address))) return addresses;
    throw blockedAddress(host, 'before-send');
  }

  private ask(host: string): Promise<readonly string[]> {
    const answer = this.askAndCheck(host).finally(() => this.asking.delete(host));
    this.asking.set(host, answer);
    return answer;
  }

  private async askAndCheck(host: string): Promise<readonly string[]> {
    const addresses = this.check(host, await this.lookUp(host));
    this.answers.delete(host);
    if (this.answers.size >= MAX_CACHED_NAMES) {
      for (const oldest of this.answers.keys()) {
        this.answers.delete(oldest);
        break;
      }
    }
    this.answers.set(host, { addresses, expiresAt: performance.now() + this.cacheMs });
    return addresses;
  }

  private async lookUp(host: string): Promise<readonly string[]> {
    try {
      const addresses = await this.lookup(host);
      if (addresses.length > 0) return addresses;
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'ENOTFOUND' && code !== 'ENODATA') {
        throw failed(`The name ${quote(host)} could not be looked up (${code}); try again.`, 'before-send', true);
      }
    }
    throw failed(`There is no host named ${quote(host)}; check the spelling.`, 'before-send', false);
  }
}

export async function lookupBySystem(host: string): Promise<readonly string[]> {
  return (await systemLookup(host, { all: true })).map(({ address }) => address);
}
