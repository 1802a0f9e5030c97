import { Injectable } from '@nestjs/common';
import { InjectSettings, type Settings } from '#platform/config';

/**
 * The address in links that we hand out. Never taken from a request: its Host header is the caller's to choose, and a
 * reset link that leads to a stranger's site gives the account away.
 */
@Injectable()
export class PublicAddress {
  private readonly fixed: boolean;
  private base: string;

  constructor(@InjectSettings() settings: Settings) {
    const { publicUrl, host, port } = settings.http;
    this.base = publicUrl ?? localAddress(host, port);
    this.fixed = publicUrl !== null;
  }

  /** Told by the launcher once it listens, because the port may have been the next free one. PUBLIC_URL wins. */
  listensAt(url: string): void {
    if (!this.fixed) this.base = url;
  }

  /** @param path from the root of the dashboard, with a leading slash */
  link(path: string): string {
    return `${this.base}${path}`;
  }
}

function localAddress(host: string, port: number): string {
  const name = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
