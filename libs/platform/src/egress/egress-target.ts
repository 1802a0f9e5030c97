import { isIP } from 'node:net';
import { blocked, type EgressPhase, failed, quote } from './egress.errors.js';

/** A URL that has the form of something callable; whether its address may be reached is decided afterwards. */
export interface EgressTarget {
  readonly url: URL;
  /** As names and addresses are compared: lower case, no brackets, no trailing dot. */
  readonly host: string;
  readonly isAddress: boolean;
}

/**
 * Reads `input` as browsers do, which turns decimal, hexadecimal, octal, short and full-width spellings of an address into the address.
 * @throws EgressError for what is no http(s) URL, carries a user name or password, or names port 0.
 */
export function parseTarget(input: string | URL, phase: EgressPhase = 'before-send', base?: URL): EgressTarget {
  const url = parseUrl(input, phase, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw blocked(`Only http and https addresses can be called, not ${quote(url.protocol)}.`, phase);
  }
  if (url.username !== '' || url.password !== '') {
    throw blocked('The address must not contain a user name or password; send credentials in a header.', phase);
  }
  if (url.port === '0') throw blocked('Port 0 cannot be called; name the port of the service.', phase);
  // "example.com." is the same host, but as a TLS server name or Host header it is not understood everywhere.
  const name = url.hostname.replace(/\.+$/, '');
  if (name !== url.hostname) url.hostname = name;
  const host = name.startsWith('[') ? name.slice(1, -1) : name;
  if (host === '' || url.hostname !== name) throw failed('The address names no host that can be called.', phase, false);
  return { url, host, isAddress: isIP(host) !== 0 };
}

function parseUrl(input: string | URL, phase: EgressPhase, base: URL | undefined): URL {
  try {
    return new URL(input, base);
  } catch {
    throw failed('The address is not a valid URL; it must look like https://host/path.', phase, false);
  }
}
