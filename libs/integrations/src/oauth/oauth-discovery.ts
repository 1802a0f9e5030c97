import { Injectable } from '@nestjs/common';
import { AppError } from '#platform/errors';
import { signInNotFound } from '../integrations.errors.js';
import { type DocumentAnswer, OAuthDocuments } from './oauth-documents.js';
import { endpointUrl, isAtOrBelow, wellKnownUrl } from './oauth-urls.js';

/** What an MCP client says first; a server that wants a sign-in answers it with 401 and where to find out more. */
const HELLO = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'agentflow', version: '1.0.0' } },
};
const MAX_SCOPE = 2_000;

/** How people sign in for a server that was asked for it. */
export interface DiscoveredSignIn {
  /** What tokens are asked for (RFC 8707): the server as it calls itself. */
  readonly resource: string;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  /** Null where clients cannot register by themselves. */
  readonly registrationUrl: string | null;
  /** How clients may say who they are (`token_endpoint_auth_methods_supported`). */
  readonly clientAuthMethods: readonly string[];
  /** Separated by blanks; empty when the server names none. */
  readonly scope: string;
}

/**
 * Finds out from a protected server itself where people sign in for it: its metadata (RFC 9728) name an authorization
 * server, whose metadata (RFC 8414) name the endpoints. All of it is a stranger's word: it has to be about the server that
 * was asked, and every address has to be one.
 */
@Injectable()
export class OAuthDiscovery {
  constructor(private readonly documents: OAuthDocuments) {}

  /** @param server its http(s) address @throws AppError oauth.no_discovery, or of the egress door */
  async find(server: string, signal: AbortSignal): Promise<DiscoveredSignIn> {
    const challenge = await this.challengeOf(server, signal);
    const { resource, issuer, scope } = await this.protectedResource(server, challenge, signal);
    const metadata = await this.authorizationServer(issuer, signal);
    const methods = textsIn(metadata['token_endpoint_auth_methods_supported']);
    const authorizationUrl = endpointUrl(metadata['authorization_endpoint'], server);
    const tokenUrl = endpointUrl(metadata['token_endpoint'], server);
    if (authorizationUrl === null || tokenUrl === null) {
      throw signInNotFound('its authorization server names no addresses that can be used');
    }
    if (!textsIn(metadata['code_challenge_methods_supported']).includes('S256')) {
      throw signInNotFound('its authorization server does not do PKCE with S256');
    }
    return {
      resource,
      authorizationUrl,
      tokenUrl,
      registrationUrl: endpointUrl(metadata['registration_endpoint'], server),
      clientAuthMethods: methods.length > 0 ? methods : ['client_secret_basic'],
      scope: challenge.scope ?? scope,
    };
  }

  private async challengeOf(
    server: string,
    signal: AbortSignal,
  ): Promise<{ metadataUrl: string | null; scope?: string }> {
    const { status, headers } = await this.documents.post(server, HELLO, signal).catch(orNothing(signal));
    const header = status === 401 ? (headers['www-authenticate'] ?? '') : '';
    const scope = parameterOf(header, 'scope');
    return {
      metadataUrl: endpointUrl(parameterOf(header, 'resource_metadata'), server),
      ...(scope !== undefined && { scope: scope.slice(0, MAX_SCOPE) }),
    };
  }

  private async protectedResource(
    server: string,
    { metadataUrl }: { metadataUrl: string | null },
    signal: AbortSignal,
  ): Promise<{ resource: string; issuer: string; scope: string }> {
    const atRoot = wellKnownUrl('oauth-protected-resource', new URL(server).origin);
    const places = metadataUrl === null ? [wellKnownUrl('oauth-protected-resource', server), atRoot] : [metadataUrl];
    const metadata = await this.first(places, ({ resource }) => typeof resource === 'string', signal);
    // Servers of the protocol's first version are their own authorization server and have no such document.
    if (metadata === null) return { resource: server, issuer: new URL(server).origin, scope: '' };
    const { resource, authorization_servers: issuers, scopes_supported: scopes } = metadata;
    if (typeof resource !== 'string' || endpointUrl(resource, server) === null || !isAtOrBelow(server, resource)) {
      throw signInNotFound('what it says about signing in is about another server');
    }
    const [first = new URL(server).origin] = textsIn(issuers);
    if (endpointUrl(first, server) === null) throw signInNotFound('the address of its authorization server is none');
    return { resource, issuer: first, scope: textsIn(scopes).join(' ').slice(0, MAX_SCOPE) };
  }

  private async authorizationServer(issuer: string, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    const below = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
    const places = [
      wellKnownUrl('oauth-authorization-server', issuer),
      wellKnownUrl('openid-configuration', issuer),
      below,
    ];
    const metadata = await this.first([...new Set(places)], (body) => typeof body['issuer'] === 'string', signal);
    if (metadata === null)
      throw signInNotFound('its authorization server does not say where people sign in (RFC 8414)');
    // Otherwise one server could speak for another (RFC 8414, 3.3).
    if (withoutSlash(String(metadata['issuer'])) !== withoutSlash(issuer)) {
      throw signInNotFound('its authorization server says that it is another one');
    }
    return metadata;
  }

  /** The first of these documents that exists and is what is looked for. */
  private async first(
    urls: readonly string[],
    isIt: (body: Readonly<Record<string, unknown>>) => boolean,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, unknown>> | null> {
    for (const url of urls) {
      const { status, body } = await this.documents.get(url, signal);
      if (status === 200 && isIt(body)) return body;
    }
    return null;
  }
}

/** A server that does not answer a greeting may still have documents; one that may not be asked has none. */
function orNothing(signal: AbortSignal): (error: unknown) => DocumentAnswer {
  return (error) => {
    signal.throwIfAborted();
    if (error instanceof AppError && error.kind === 'unavailable') return { status: 0, headers: {}, body: {} };
    throw error;
  };
}

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string').slice(0, 50) : [];

const withoutSlash = (text: string): string => text.replace(/\/+$/, '');

/** A parameter of a `WWW-Authenticate` header (RFC 9110, 11.2). */
function parameterOf(header: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|[\\s,])${name}=(?:"([^"]*)"|([^\\s,"]+))`, 'i').exec(header);
  return match?.[1] ?? match?.[2];
}
