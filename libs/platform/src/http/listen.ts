import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Settings, SettingsError } from '../config/index.js';

/** How many ports after the default are tried when nobody chose one. */
const PORTS_TO_TRY = 20;

/**
 * Listens where the settings say; the next free port when nobody chose one.
 * @returns the address for people, without a trailing slash
 * @throws SettingsError when the port is taken or not allowed
 */
export async function listen(app: NestExpressApplication, { http }: Settings): Promise<string> {
  const last = http.portChosen ? http.port : http.port + PORTS_TO_TRY;
  for (let port = http.port; port <= last; port += 1) {
    try {
      await app.listen(port, http.host);
      const address = app.getHttpServer().address() as { port: number };
      const host = ['0.0.0.0', '::'].includes(http.host) ? 'localhost' : http.host;
      return http.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && port < last) continue;
      throw new SettingsError([advice(code, http.host, port)]);
    }
  }
  throw new SettingsError([advice('EADDRINUSE', http.host, last)]);
}

function advice(code: string | undefined, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken. Stop what uses it, or set PORT to a free one.`;
    case 'EACCES':
      return `Port ${port} needs more rights than this user has. Set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}. Mend HOST; 127.0.0.1 always works.`;
    default:
      return `Listening on ${host}:${port} failed (${code ?? 'unknown reason'}).`;
  }
}
