import type { NestExpressApplication } from '@nestjs/platform-express';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import type { Settings } from '#platform/config';

/** Larger messages are not ours: clients send subscriptions only. */
const MAX_MESSAGE_BYTES = 16 * 1024;

/** socket.io on the API's port. Cross-origin pages are refused unless the operator named them; servers send no Origin. */
export function configureSockets(app: NestExpressApplication, { http }: Settings): void {
  app.useWebSocketAdapter(new LimitedIoAdapter(app, http.corsOrigins));
}

class LimitedIoAdapter extends IoAdapter {
  constructor(
    app: NestExpressApplication,
    private readonly origins: readonly string[],
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, {
      ...options,
      serveClient: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      connectTimeout: 10_000,
      cors: this.origins.length > 0 ? { origin: [...this.origins], credentials: true } : undefined,
      allowRequest: (request, decide) => {
        const { origin, host } = request.headers;
        decide(null, origin === undefined || this.origins.includes(origin) || sameHost(origin, host));
      },
    } as ServerOptions);
  }
}

function sameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
