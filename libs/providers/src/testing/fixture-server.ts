import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Fixture {
  readonly status?: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Sent in pieces of this many bytes, each in a write of its own, so that characters and events are torn apart. */
  readonly pieceBytes?: number;
  /** Closes the connection after the body instead of ending the reply properly. */
  readonly breaksOff?: boolean;
  /** Says no more after the body, and keeps the connection open. */
  readonly staysOpen?: boolean;
}

export interface FixtureRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
  /** Which of the server's connections it came over, from 0. */
  readonly connection: number;
}

export interface FixtureServer {
  readonly baseUrl: string;
  readonly requests: readonly FixtureRequest[];
  /** Replies whose connection the client closed before they were complete. */
  abandonedCount(): number;
  close(): Promise<void>;
}

/** Serves recorded replies byte by byte as they are. */
export async function startFixtureServer(reply: (request: FixtureRequest) => Fixture): Promise<FixtureServer> {
  const requests: FixtureRequest[] = [];
  const connections = new Map<unknown, number>();
  let abandoned = 0;
  const server = createServer((incoming, response) => {
    response.on('close', () => {
      if (!response.writableFinished) abandoned++;
    });
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
      const request = {
        path: incoming.url ?? '',
        headers: incoming.headers,
        body,
        connection: connections.get(incoming.socket) ?? -1,
      };
      requests.push(request);
      void serve(response, reply(request));
    });
  });
  server.on('connection', (socket) => connections.set(socket, connections.size));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    abandonedCount: () => abandoned,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(response: ServerResponse, fixture: Fixture): Promise<void> {
  const bytes = Buffer.from(fixture.body);
  response.writeHead(fixture.status ?? 200, {
    'content-type': fixture.contentType ?? 'application/json',
    ...fixture.headers,
  });
  const pieceBytes = fixture.pieceBytes ?? bytes.length;
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    response.write(bytes.subarray(from, from + pieceBytes));
    if (fixture.pieceBytes) await new Promise((resolve) => setImmediate(resolve));
  }
  if (fixture.staysOpen) return;
  if (!fixture.breaksOff) response.end();
  else setTimeout(() => response.socket?.destroy(), 20);
}
