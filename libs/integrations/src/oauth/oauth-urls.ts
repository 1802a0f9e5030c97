/** Of an address that a stranger gives. */
const MAX_LENGTH = 2_000;

/**
 * An address that a server says people or we are to go to. Only http and https, so that nobody is sent to a `javascript:`
 * one, and no plain http where the server itself is not reached by it.
 * @param server whose word it is
 * @returns null for what is no such address
 */
export function endpointUrl(value: unknown, server: string): string | null {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !URL.canParse(value)) return null;
  const { protocol, username, password, hash, href } = new URL(value);
  const allowed = new URL(server).protocol === 'http:' ? ['http:', 'https:'] : ['https:'];
  return allowed.includes(protocol) && username === '' && password === '' && hash === '' ? href : null;
}

/** Whether an address is the given one, or lies below it at the same origin. */
export function isAtOrBelow(url: string, above: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(above)) return false;
  const [inner, outer] = [new URL(url), new URL(above)];
  const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`);
  return inner.origin === outer.origin && withSlash(inner.pathname).startsWith(withSlash(outer.pathname));
}

/** `/.well-known/<name>` put between the origin and the path of an address (RFC 8615), without a slash at its end. */
export function wellKnownUrl(name: string, address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}/.well-known/${name}${pathname.replace(/\/+$/, '')}`;
}
