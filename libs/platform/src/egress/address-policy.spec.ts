import { AddressPolicy } from './address-policy.js';

const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '2a00:1450:4001::200e',
  '::ffff:8.8.8.8',
];

const REFUSED = [
  ['this network', '0.0.0.0'],
  ['this network', '0.1.2.3'],
  ['loopback', '127.0.0.1'],
  ['loopback', '127.255.255.254'],
  ['private', '10.0.0.1'],
  ['private', '172.16.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.0.1'],
  ['carrier-grade NAT', '100.64.0.1'],
  ['Alibaba metadata', '100.100.100.200'],
  ['link-local metadata', '169.254.169.254'],
  ['Azure platform', '168.63.129.16'],
  ['IETF assignments', '192.0.0.1'],
  ['Oracle metadata', '192.0.0.192'],
  ['documentation', '192.0.2.1'],
  ['documentation', '198.51.100.1'],
  ['documentation', '203.0.113.1'],
  ['6to4 relay', '192.88.99.1'],
  ['benchmarking', '198.18.0.1'],
  ['benchmarking', '198.19.255.255'],
  ['multicast', '224.0.0.1'],
  ['multicast', '239.255.255.255'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['unspecified', '::'],
  ['loopback', '::1'],
  ['IPv4-compatible', '::127.0.0.1'],
  ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
  ['IPv4-mapped loopback in hex', '::ffff:7f00:1'],
  ['IPv4-mapped private', '::ffff:10.0.0.1'],
  ['IPv4-translated', '::ffff:0:127.0.0.1'],
  ['NAT64', '64:ff9b::127.0.0.1'],
  ['NAT64 of a public address', '64:ff9b::8.8.8.8'],
  ['local NAT64', '64:ff9b:1::1'],
  ['6to4 of loopback', '2002:7f00:1::1'],
  ['6to4 of a public address', '2002:808:808::1'],
  ['Teredo', '2001::1'],
  ['ORCHID', '2001:20::1'],
  ['documentation', '2001:db8::1'],
  ['documentation', '3fff::1'],
  ['segment routing', '5f00::1'],
  ['discard', '100::1'],
  ['unique local', 'fc00::1'],
  ['AWS metadata', 'fd00:ec2::254'],
  ['link-local', 'fe80::1'],
  ['link-local with a zone', 'fe80::1%eth0'],
  ['site-local', 'fec0::1'],
  ['multicast', 'ff02::1'],
  ['unassigned', '4000::1'],
  ['no address', 'localhost'],
  ['nothing', ''],
] as const;

describe('AddressPolicy', () => {
  const policy = new AddressPolicy([], () => []);

  it.each(PUBLIC)('allows the public address %s', (address) => {
    expect(policy.isAllowed(address)).toBe(true);
  });

  it.each(REFUSED)('refuses %s: %s', (_what, address) => {
    expect(policy.isAllowed(address)).toBe(false);
  });

  it('refuses the public addresses of this very machine', () => {
    const own = new AddressPolicy([], () => ['198.41.0.4', '2001:500:200::b']);
    expect(own.isAllowed('198.41.0.4')).toBe(false);
    expect(own.isAllowed('::ffff:198.41.0.4')).toBe(false);
    expect(own.isAllowed('2001:500:200:0::b')).toBe(false);
    expect(own.isAllowed('198.41.0.5')).toBe(true);
  });

  it('allows exactly what the operator opened, in every spelling of it', () => {
    const opened = new AddressPolicy(['10.1.0.0/16', 'fd00:1::/32', '127.0.0.1', '::ffff:192.168.1.0/120'], () => []);
    expect(
      ['10.1.2.3', '::ffff:10.1.2.3', 'fd00:1::5', '127.0.0.1', '192.168.1.9'].every((a) => opened.isAllowed(a)),
    ).toBe(true);
    expect(['10.2.0.1', 'fd00:2::1', '127.0.0.2', '192.168.2.1', '::1'].some((a) => opened.isAllowed(a))).toBe(false);
  });

  it('names every range it cannot understand', () => {
    expect(() => new AddressPolicy(['10.0.0.0/8', '10/8', '010.0.0.1', 'intranet', 'fd00::/129'])).toThrow(
      'EGRESS_ALLOW_CIDRS: "10/8", "010.0.0.1", "intranet", "fd00::/129" is not a range such as 10.1.0.0/16.',
    );
  });
});
