import { ACCEPT_ENCODING } from './content-decoding.js';
import { blocked, tooLarge } from './egress.errors.js';

export type HeaderRecord = Record<string, string>;

/** These belong to the connection or to the framing of the message, which are the door's own. */
const CONNECTION_HEADERS = new Set([
  'connection',
  'content-length',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The only headers that follow a redirect to another origin; an allow-list, since any other name may hold a credential. */
const TRAVELLING_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-encoding',
  'content-language',
  'content-type',
  'range',
  'user-agent',
]);

const BODY_HEADERS = new Set(['content-encoding', 'content-language', 'content-location', 'content-type']);

/**
 * The headers as they are sent. `Host` may only repeat the address: a different one would choose another service behind the checked address.
 * @throws EgressError for a foreign `Host` and for more than `maxHeaderBytes`.
 */
export function prepareHeaders(
  headers: Readonly<Record<string, string>>,
  target: URL,
  maxHeaderBytes: number,
): HeaderRecord {
  const prepared = emptyHeaders();
  prepared['user-agent'] = 'AgentFlow';
  prepared.accept = '*/*';
  let bytes = target.href.length;
  for (const [givenName, value] of Object.entries(headers)) {
    const name = givenName.toLowerCase();
    if (name === 'host') checkHost(value, target);
    else if (!CONNECTION_HEADERS.has(name)) prepared[name] = value;
    bytes += name.length + value.length;
  }
  if (bytes > maxHeaderBytes) {
    throw tooLarge(
      `The address and headers of the request are larger than ${maxHeaderBytes} bytes together.`,
      'before-send',
    );
  }
  if (prepared['accept-encoding'] !== 'identity') prepared['accept-encoding'] = ACCEPT_ENCODING;
  return prepared;
}

export function withoutCredentials(headers: HeaderRecord): HeaderRecord {
  return keep(headers, (name) => TRAVELLING_HEADERS.has(name));
}

export function withoutBodyHeaders(headers: HeaderRecord): HeaderRecord {
  return keep(headers, (name) => !BODY_HEADERS.has(name));
}

function keep(headers: HeaderRecord, wanted: (name: string) => boolean): HeaderRecord {
  const kept = emptyHeaders();
  for (const [name, value] of Object.entries(headers)) if (wanted(name)) kept[name] = value;
  return kept;
}

function checkHost(value: string, target: URL): void {
  if (value.toLowerCase() === target.host) return;
  throw blocked('The Host header must not differ from the address; leave it out.', 'before-send');
}

/** Without a prototype, so that no header name means anything to JavaScript. */
function emptyHeaders(): HeaderRecord {
  return Object.create(null) as HeaderRecord;
}
