/**
 * Where a credential may be sent: `api.example.com`, `*.example.com` for every name below it, with `:8443` for another
 * port, and with `http://` before it where there is no TLS. Without these it means https on its own port.
 */
export interface HostRule {
  readonly scheme: 'http' | 'https';
  /** Lower case, without brackets or a trailing dot. */
  readonly host: string;
  readonly port: string;
  /** Names below `host`, and not `host` itself. */
  readonly below: boolean;
}

const RULE = /^(?:(https?):\/\/)?(\*\.)?(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::([1-9]\d{0,4}))?$/;
const IS_ADDRESS = /^[\d.]+$|:/;
const DEFAULT_PORTS = { http: '80', https: '443' };

/** @returns null for what is no rule, or one that would cover a whole top-level domain */
export function parseHostRule(text: string): HostRule | null {
  const match = RULE.exec(text.trim().toLowerCase());
  if (!match) return null;
  const scheme = match[1] === 'http' ? 'http' : 'https';
  const below = match[2] !== undefined;
  const host = (match[3] ?? '').replace(/^\[|\]$/g, '');
  if (below && (!host.includes('.') || IS_ADDRESS.test(host))) return null;
  if (!URL.canParse(`${scheme}://${match[3]}`)) return null;
  return { scheme, host, port: match[4] ?? DEFAULT_PORTS[scheme], below };
}

/** The one way to write a rule, so that two lists can be compared. @throws TypeError for what is no rule */
export function normalHostRule(text: string): string {
  const rule = parseHostRule(text);
  if (!rule) throw new TypeError('This is no host rule.');
  const { scheme, host, port, below } = rule;
  const name = `${below ? '*.' : ''}${host.includes(':') ? `[${host}]` : host}`;
  return `${scheme === 'http' ? 'http://' : ''}${name}${port === DEFAULT_PORTS[scheme] ? '' : `:${port}`}`;
}

/** The rule for exactly the origin of a URL that has been checked; for a host that no rule can name, a text that is none. */
export function hostRuleOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  // `example.com.` is the same host.
  const text = `${protocol === 'http:' ? 'http://' : ''}${hostname.replace(/\.+$/, '')}${port === '' ? '' : `:${port}`}`;
  return parseHostRule(text) ? normalHostRule(text) : text;
}

/** Whether the rules let a request to `url` carry the credential. Reads the URL as the egress door does. */
export function mayBeSentTo(url: string, rules: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  if (username !== '' || password !== '') return false;
  const scheme = protocol === 'http:' ? 'http' : 'https';
  const host = hostname.replace(/\.+$/, '').replace(/^\[|\]$/g, '');
  return rules.some((text) => {
    const rule = parseHostRule(text);
    if (!rule || rule.scheme !== scheme || rule.port !== (port || DEFAULT_PORTS[scheme])) return false;
    return rule.below ? host.endsWith(`.${rule.host}`) : host === rule.host;
  });
}

/** Whether everything that `next` allows was allowed before. */
export function isNoWider(next: readonly string[], before: readonly string[]): boolean {
  const known = new Set(before);
  return next.every((rule) => known.has(rule));
}
