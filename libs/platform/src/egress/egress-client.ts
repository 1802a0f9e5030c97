import { AddressPolicy } from './address-policy.js';
import { checkAllowedHost } from './allowed-hosts.js';
import type { BodyConsumer } from './body-consumer.js';
import { BufferedBody } from './buffered-body.js';
import { ConnectionPools } from './connection-pools.js';
import { decoderFor } from './content-decoding.js';
import { DecodedBody } from './decoded-body.js';
import { EgressCall } from './egress-call.js';
import { blocked, EgressError, failed, quote, tooLarge, tooManyRedirects } from './egress.errors.js';
import { createFetch, type FetchFunction } from './egress-fetch.js';
import { DEFAULT_EGRESS_LIMITS, type EgressLimits, withLimits } from './egress-limits.js';
import type {
  EgressPolicy,
  EgressRequest,
  EgressResponse,
  EgressResponseHead,
  EgressStream,
} from './egress-request.js';
import { type EgressTarget, parseTarget } from './egress-target.js';
import { exchange, type ResponseHead } from './exchange.js';
import { type AddressLookup, HostResolver, lookupBySystem } from './host-resolver.js';
import { type Hop, nextHop, redirectLocation } from './redirect.js';
import { prepareHeaders } from './request-headers.js';
import { responseHead } from './response-head.js';
import { StreamedBody } from './streamed-body.js';

export interface EgressClientOptions {
  /** Ranges that are reachable although they are not public (EGRESS_ALLOW_CIDRS). */
  readonly allowCidrs?: readonly string[];
  /** Base URLs from the operator's own settings: whatever their address, a request made directly to exactly this origin is allowed. */
  readonly trustedOrigins?: readonly string[];
  /** Defaults for every request of this client. */
  readonly limits?: Partial<EgressLimits>;
  /** Response headers, and request headers with the address, in bytes. 32 KiB by default. */
  readonly maxHeaderBytes?: number;
  /** Origins with open connections; the least recently used one is given up. 256 by default. */
  readonly maxOrigins?: number;
  /** 128 by default; further requests wait, within `connectMs`. */
  readonly connectionsPerOrigin?: number;
  /** How long an unused connection is kept. 30 s by default. */
  readonly keepAliveMs?: number;
  /** How long checked addresses of a name are used without asking again. 30 s by default. */
  readonly addressCacheMs?: number;
  /** Name resolution; the system's by default. */
  readonly lookup?: AddressLookup;
  /** Addresses of this machine; read from its network interfaces by default. */
  readonly ownAddresses?: () => readonly string[];
}

const METHOD = /^[A-Z][A-Z-]{0,30}$/;
/** They talk to what lies between, or echo the request with its credentials. */
const FORBIDDEN_METHODS = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** Makes outbound requests under the rules of this folder; see index.ts. Keeps connections, so make it once and close it at the end. */
export class EgressClient {
  /** As the global `fetch`, under this client's rules; rejects with EgressError or the signal's reason. For SDKs that take a `fetch`. */
  readonly fetch: FetchFunction = this.fetchWith({});
  private readonly limits: EgressLimits;
  private readonly maxHeaderBytes: number;
  private readonly trustedOrigins: ReadonlySet<string>;
  private readonly resolver: HostResolver;
  private readonly pools: ConnectionPools;

  /** @throws TypeError for a range or limit, EgressError for a trusted origin, that cannot be understood. */
  constructor(options: EgressClientOptions = {}) {
    const lookup = options.lookup ?? lookupBySystem;
    this.limits = withLimits(DEFAULT_EGRESS_LIMITS, options.limits);
    this.maxHeaderBytes = options.maxHeaderBytes ?? 32 * 1024;
    this.trustedOrigins = new Set((options.trustedOrigins ?? []).map((url) => parseTarget(url).url.origin));
    const policy = new AddressPolicy(options.allowCidrs ?? [], options.ownAddresses);
    this.resolver = new HostResolver(policy, lookup, options.addressCacheMs);
    this.pools = new ConnectionPools(
      {
        maxOrigins: options.maxOrigins ?? 256,
        connectionsPerOrigin: options.connectionsPerOrigin ?? 128,
        keepAliveMs: options.keepAliveMs ?? 30_000,
        connectMs: this.limits.connectMs,
        maxHeaderBytes: this.maxHeaderBytes,
      },
      lookup,
    );
  }

  /** Resolves for every HTTP status once the whole body is there; rejects with EgressError, or with the signal's reason when aborted. */
  async request(request: EgressRequest): Promise<EgressResponse> {
    const body = new BufferedBody();
    const head = await this.send(request, body);
    return { ...head, body: await body.content };
  }

  /** As `request`, but resolves with the headers; failures from then on are failures of reading the body. */
  async stream(request: EgressRequest): Promise<EgressStream> {
    const body = new StreamedBody();
    const head = await this.send(request, body);
    return { ...head, body: body.stream };
  }

  /** A `fetch` with its own limits or allowed hosts. */
  fetchWith(policy: EgressPolicy): FetchFunction {
    return createFetch((request) => this.stream(request), policy);
  }

  /**
   * Addresses of a host that may be connected to, for what speaks another protocol than HTTP: connect to these and to
   * nothing that a name server says later.
   * @throws EgressError as for a request
   */
  async checkedAddresses(host: string): Promise<readonly string[]> {
    const target = parseTarget(`https://${host.includes(':') ? `[${host}]` : host}`);
    const { connectMs } = this.limits;
    const call = new EgressCall(undefined, connectMs);
    try {
      return await this.resolved(target, call, connectMs);
    } finally {
      call.release();
    }
  }

  /** Ends all connections, and with them the requests that still run. */
  async close(): Promise<void> {
    await this.pools.close();
  }

  private async send(request: EgressRequest, body: BodyConsumer): Promise<EgressResponseHead> {
    const limits = withLimits(this.limits, request.limits);
    const first = this.firstHop(request, limits);
    const call = new EgressCall(request.signal, limits.totalMs);
    try {
      return await this.follow(first, request, { limits, call, body });
    } catch (error) {
      call.release();
      throw error;
    }
  }

  private async follow(
    first: Hop,
    { allowHosts, redirect = 'follow' }: EgressPolicy,
    { limits, call, body }: { limits: EgressLimits; call: EgressCall; body: BodyConsumer },
  ): Promise<EgressResponseHead> {
    let hop = first;
    for (let redirects = 0; ; redirects++) {
      const { target, method } = hop;
      checkAllowedHost(target.host, allowHosts, call.phase);
      const addresses = hop.trusted ? undefined : await this.resolved(hop.target, call, limits.connectMs);
      const locationOf = (head: ResponseHead) => (redirect === 'follow' ? redirectLocation(head) : undefined);
      // Chosen in the same turn in which it is used: a pool that is given up still finishes what it was asked before.
      const { origin } = target.url;
      const pool = addresses ? this.pools.forChecked(origin, addresses) : this.pools.forTrusted(origin);
      const head = await exchange(
        pool,
        {
          origin,
          path: target.url.pathname + target.url.search,
          method,
          headers: hop.headers,
          body: hop.body ?? null,
        },
        {
          host: target.host,
          limits,
          maxHeaderBytes: this.maxHeaderBytes,
          call,
          accept: (answer) =>
            locationOf(answer) === undefined ? acceptBody(answer, method, target.host, limits, body) : undefined,
        },
      );
      const location = locationOf(head);
      if (location === undefined) return responseHead(head, target.url, redirects > 0);
      if (redirects >= limits.maxRedirects) throw tooManyRedirects(target.host, limits.maxRedirects);
      hop = nextHop(hop, head.status, location);
    }
  }

  private firstHop(request: EgressRequest, { maxRequestBytes }: EgressLimits): Hop {
    const target = parseTarget(request.url);
    const method = (request.method ?? 'GET').toUpperCase();
    if (!METHOD.test(method) || FORBIDDEN_METHODS.has(method)) {
      throw blocked(
        `The method ${quote(method)} cannot be used; use GET, POST, PUT, PATCH, DELETE or HEAD.`,
        'before-send',
      );
    }
    const { body } = request;
    if (body !== undefined && Buffer.byteLength(body) > maxRequestBytes) {
      throw tooLarge(`The request body is larger than ${maxRequestBytes} bytes.`, 'before-send');
    }
    const headers = prepareHeaders(request.headers ?? {}, target.url, this.maxHeaderBytes);
    return { method, target, headers, body, trusted: this.trustedOrigins.has(target.url.origin) };
  }

  private async resolved(target: EgressTarget, call: EgressCall, connectMs: number): Promise<readonly string[]> {
    try {
      const answer = this.resolver.resolve(target);
      if (!(answer instanceof Promise)) return answer;
      return await call.waitFor(answer, `the name ${quote(target.host)} was not resolved`, connectMs);
    } catch (error) {
      throw inPhaseOf(call, error);
    }
  }
}

/** The resolver is shared by many calls and cannot know whether this one had already sent something to an earlier hop. */
function inPhaseOf({ phase }: EgressCall, error: unknown): unknown {
  if (!(error instanceof EgressError) || error.phase === phase) return error;
  return new EgressError(error.code, error.message, { retryable: error.retryable, phase });
}

function acceptBody(
  head: ResponseHead,
  method: string,
  host: string,
  limits: EgressLimits,
  body: BodyConsumer,
): BodyConsumer {
  const { headers, status } = head;
  if (status > 599) throw failed(`${quote(host)} answered with a status that HTTP does not know.`, 'after-send', false);
  if (method === 'HEAD' || status === 204 || status === 304) return body;
  if (Number(headers['content-length']) > limits.maxResponseBytes) {
    throw tooLarge(`The response of ${quote(host)} is larger than ${limits.maxResponseBytes} bytes.`, 'after-send');
  }
  const encoding = headers['content-encoding'];
  const decoder = decoderFor(Array.isArray(encoding) ? encoding.join(',') : encoding);
  if (decoder === 'identity') return body;
  if (decoder === 'refused') {
    throw failed(
      `${quote(host)} compressed its response in a way that is not accepted; only gzip, deflate or br, once.`,
      'after-send',
      false,
    );
  }
  // They describe what was on the wire, not the body that the caller gets.
  delete headers['content-encoding'];
  delete headers['content-length'];
  return new DecodedBody(body, decoder, host, limits);
}
