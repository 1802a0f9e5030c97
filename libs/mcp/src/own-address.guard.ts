import { PublicAddress } from '#auth';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { InjectSettings, type Settings } from '#platform/config';
import { foreignHost, foreignOrigin } from './mcp.errors.js';

/**
 * Against DNS rebinding: a page of a stranger may have its own name point at this server. So a request must name the
 * server by an address that a stranger cannot register, and come from no page but its own or one that the operator named.
 */
@Injectable()
export class OwnAddressGuard implements CanActivate {
  constructor(
    private readonly address: PublicAddress,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  /** @throws AppError forbidden */
  canActivate(context: ExecutionContext): boolean {
    const { host, origin } = context.switchToHttp().getRequest<Request>().headers;
    if (!this.isOwnHost(host)) throw foreignHost();
    if (origin !== undefined && !this.isKnownOrigin(origin, host)) throw foreignOrigin();
    return true;
  }

  /** Names without a dot, such as `localhost` or a container's, and bare addresses cannot be a stranger's domain. */
  private isOwnHost(host: string | undefined): boolean {
    const name = host === undefined ? undefined : nameOf(`http://${host}`);
    if (name === undefined) return false;
    if (isAddress(name) || !name.includes('.') || name.endsWith('.localhost')) return true;
    return this.knownOrigins().some((known) => nameOf(known) === name);
  }

  private isKnownOrigin(origin: string, host: string | undefined): boolean {
    if (!URL.canParse(origin)) return false;
    const { origin: exact, host: from } = new URL(origin);
    return from === host || this.knownOrigins().includes(exact);
  }

  private knownOrigins(): string[] {
    return [new URL(this.address.link('/')).origin, ...this.settings.http.corsOrigins];
  }
}

/** Without port; undefined for what is no address. */
function nameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** A host that the URL standard has read and that ends in a number is an IPv4 address; no domain may look like one. */
function isAddress(name: string): boolean {
  return name.startsWith('[') || /\.\d+$/.test(name);
}
