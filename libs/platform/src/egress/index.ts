/**
 * The one door through which anything here calls out: HTTP steps, model providers, webhooks, sign-in services. A request is refused (`egress.blocked`) when its
 * address, or any address its name resolves to, is not public; the connection is then made only to the addresses that were checked, so that a second
 * answer of the name server cannot redirect it; every redirect is checked again and loses what may be a credential when it leaves the origin. Time and size are bounded
 * in each phase, after decompression too. Operators open private ranges with EGRESS_ALLOW_CIDRS; base URLs from the operator's own settings are trusted by exact
 * origin. Because that trust belongs to the settings and not to whoever writes a URL, make two clients: one with `trustedOrigins` for the model providers, and one
 * without for URLs that people put into their agents. Nothing outside this folder may import an HTTP client, `node:net`, `node:tls` or `node:dns`, or use the global `fetch`.
 */
export { EgressClient, type EgressClientOptions } from './egress-client.js';
export { type EgressPolicy, type EgressRequest, type EgressResponse, type EgressStream } from './egress-request.js';
export { EgressError, type EgressErrorCode, type EgressPhase } from './egress.errors.js';
export { type FetchFunction } from './egress-fetch.js';
export { type EgressLimits } from './egress-limits.js';
export { type AddressLookup } from './host-resolver.js';
