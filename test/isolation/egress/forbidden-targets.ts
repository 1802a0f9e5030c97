import { networkInterfaces } from 'node:os';

/** Ways of writing this machine's loopback that some parser has taken for something else (S-10). */
const LOOPBACKS = [
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '0',
  '0.0.0.0',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0x7f.0x0.0x0.0x1',
  '0177.0.0.1',
  '017700000001',
  '0177.1',
  '１２７.０.０.１',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'some.localhost',
  'localhost.localdomain',
  'ip6-localhost',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:7f00:1]',
  '[::127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::80ff:fffe]',
];

/** Private, reserved and metadata addresses. */
const RESERVED = [
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.255.255',
  '100.64.0.1',
  '100.127.255.255',
  '100.100.100.200',
  '169.254.169.254',
  '169.254.170.2',
  '2852039166',
  '0xa9fea9fe',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '[fd00:ec2::254]',
  '[fc00::1]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
  '168.63.129.16',
  '192.0.0.192',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  'metadata.google.internal',
  'metadata',
  'instance-data',
];

const OTHER_SCHEMES = [
  'file:///etc/passwd',
  'file://127.0.0.1/etc/passwd',
  'gopher://127.0.0.1:PORT/_GET%20/',
  'ftp://127.0.0.1:PORT/',
  'dict://127.0.0.1:PORT/x',
  'ldap://127.0.0.1:PORT/',
  'ws://127.0.0.1:PORT/',
  'data:text/plain,caught',
  'javascript:fetch("http://127.0.0.1:PORT")',
  'blob:http://127.0.0.1:PORT/x',
  'jar:http://127.0.0.1:PORT!/',
  'about:blank',
  '//127.0.0.1:PORT/',
  '127.0.0.1:PORT',
];

/** Addresses that seem to be one thing and are another; host `service.test` is public as far as anybody can tell. */
const DISGUISES = [
  'http://service.test@127.0.0.1:PORT/',
  'http://service.test:80@127.0.0.1:PORT/',
  'http://user:password@127.0.0.1:PORT/',
  'http://127.0.0.1:PORT#@service.test/',
  'http://127.0.0.1:PORT\\@service.test/',
  'http:\\\\127.0.0.1:PORT/',
  'http:127.0.0.1:PORT/',
  'http:///127.0.0.1:PORT/',
  'HTTP://127.0.0.1:PORT/',
  ' http://127.0.0.1:PORT/',
  'http://127.0.0\t.1:PORT/',
  'https://127.0.0.1:PORT/',
];

/** Names by which a name server leads to what is private, each time or the second time (S-11). */
export const deceivingNames = {
  'private.test': [['127.0.0.1']],
  'private6.test': [['::1']],
  'mapped.test': [['::ffff:127.0.0.1']],
  'metadata.test': [['169.254.169.254']],
  'mixed.test': [['127.0.0.2', '127.0.0.1']],
  'mixed6.test': [['127.0.0.2', '::1']],
  // What is open at first; whoever asks again before connecting ends at the canary.
  'rebinding.test': [['127.0.0.2'], ['127.0.0.1']],
} as const;

/** The name whose first answer may be connected to. */
export const REBINDING = 'rebinding.test';

/** Every address that no feature may send anything to. @param ports the canary's, and those of our own servers */
export function forbiddenTargets(canary: number, own: readonly number[]): string[] {
  const ownAddresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  const hosts = [...LOOPBACKS, ...RESERVED, ...ownAddresses, ...namesButRebinding()];
  return [
    ...hosts.map((host) => `http://${host}:${canary}/`),
    ...own.flatMap((port) => [`http://127.0.0.1:${port}/`, `https://localhost:${port}/`]),
    ...[...OTHER_SCHEMES, ...DISGUISES].map((address) => address.replaceAll('PORT', String(canary))),
  ];
}

/** One of each class, for features that cannot be tried with everything. */
export function oneOfEachClass(canary: number): string[] {
  return [
    `http://127.0.0.1:${canary}/`,
    `http://localhost.:${canary}/`,
    `http://[::ffff:7f00:1]:${canary}/`,
    `http://2130706433:${canary}/`,
    'http://169.254.169.254/',
    `http://private.test:${canary}/`,
    `http://mixed.test:${canary}/`,
    `http://service.test@127.0.0.1:${canary}/`,
    'file:///etc/passwd',
  ];
}

/** Where a service that may be reached must not be able to send requests (S-12). */
export function redirectTargets(canary: number): string[] {
  return [
    `http://127.0.0.1:${canary}/`,
    `http://[::ffff:7f00:1]:${canary}/`,
    `http://private.test:${canary}/`,
    'http://169.254.169.254/latest/meta-data/',
    `http://user:password@127.0.0.2:${canary}/`,
    'file:///etc/passwd',
    `gopher://127.0.0.1:${canary}/_x`,
    `//127.0.0.1:${canary}/`,
  ];
}

const namesButRebinding = (): string[] => Object.keys(deceivingNames).filter((name) => name !== REBINDING);
