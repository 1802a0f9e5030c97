import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

/** Answers as public unicast and yet serves the machine itself: Azure's metadata and agent endpoint. */
const PLATFORM_ADDRESSES = new Set(['168.63.129.16']);
const GLOBAL_UNICAST_V6: Range = [ipaddr.parse('2000::'), 3];
const OWN_ADDRESSES_TTL_MS = 30_000;

/**
 * Which addresses may be connected to: public unicast that is not this machine, and what the operator opened.
 * Addresses that carry an IPv4 address inside (mapped, 6to4, NAT64, Teredo) are never public here, apart from the mapped form, which is judged as the IPv4 address it is.
 */
export class AddressPolicy {
  private readonly opened: readonly Range[];
  private own: ReadonlySet<string> = new Set();
  private ownReadAt = Number.NEGATIVE_INFINITY;

  /** @throws TypeError naming every entry of `allowCidrs` that is not an address or a range. */
  constructor(
    allowCidrs: readonly string[],
    private readonly readOwnAddresses: () => readonly string[] = interfaceAddresses,
  ) {
    const wrong = allowCidrs.filter((entry) => !isRange(entry));
    if (wrong.length > 0) {
      throw new TypeError(
        `EGRESS_ALLOW_CIDRS: ${wrong.map((entry) => JSON.stringify(entry)).join(', ')} is not a range such as 10.1.0.0/16.`,
      );
    }
    this.opened = allowCidrs.map(toRange);
  }

  /** @param address as text, without brackets; what cannot be read as an address is not allowed. */
  isAllowed(address: string): boolean {
    const plain = address.split('%', 1)[0] ?? '';
    if (!ipaddr.isValid(plain)) return false;
    const parsed = ipaddr.process(plain);
    return this.opened.some((range) => matches(parsed, range)) || this.isPublic(parsed);
  }

  private isPublic(address: Address): boolean {
    if (address.range() !== 'unicast') return false;
    if (address.kind() === 'ipv6' && !matches(address, GLOBAL_UNICAST_V6)) return false;
    const text = address.toString();
    return !PLATFORM_ADDRESSES.has(text) && !this.ownAddresses().has(text);
  }

  /** A server behind a firewall is reachable from itself under its public address. */
  private ownAddresses(): ReadonlySet<string> {
    const now = performance.now();
    if (now - this.ownReadAt > OWN_ADDRESSES_TTL_MS) {
      this.own = new Set(this.readOwnAddresses().map((address) => ipaddr.process(address).toString()));
      this.ownReadAt = now;
    }
    return this.own;
  }
}

function interfaceAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((entries) =>
    (entries ?? []).map((entry) => entry.address.split('%', 1)[0] ?? ''),
  );
}

/** Short and octal forms of IPv4 are refused: nobody can tell which range an operator meant by them. */
function isRange(entry: string): boolean {
  if (entry.includes(':')) return entry.includes('/') ? ipaddr.IPv6.isValidCIDR(entry) : ipaddr.IPv6.isValid(entry);
  return entry.includes('/')
    ? ipaddr.IPv4.isValidCIDRFourPartDecimal(entry)
    : ipaddr.IPv4.isValidFourPartDecimal(entry);
}

function toRange(entry: string): Range {
  const [address, bits] = entry.includes('/')
    ? ipaddr.parseCIDR(entry)
    : [ipaddr.parse(entry), entry.includes(':') ? 128 : 32];
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= 96) {
    return [address.toIPv4Address(), bits - 96];
  }
  return [address, bits];
}

function matches(address: Address, [network, bits]: Range): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}
