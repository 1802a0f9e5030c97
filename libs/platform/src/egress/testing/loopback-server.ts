import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';

/** A server of the test's own that counts what reaches it. */
export interface LoopbackServer {
  readonly port: number;
  readonly url: string;
  readonly connections: number;
  readonly hits: number;
  close(): Promise<void>;
}

export async function startHttp(listener: RequestListener, host = '127.0.0.1'): Promise<LoopbackServer> {
  let hits = 0;
  const server = createServer((request, response) => {
    hits++;
    listener(request, response);
  });
  return listen(server, host, () => hits);
}

/** Speaks raw bytes, for what no well-behaved HTTP server would send. */
export async function startTcp(onConnection: (socket: Socket) => void, host = '127.0.0.1'): Promise<LoopbackServer> {
  return listen(createTcpServer(onConnection), host, () => 0);
}

async function listen(server: Server | TcpServer, host: string, hits: () => number): Promise<LoopbackServer> {
  const open = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    get connections() {
      return connections;
    },
    get hits() {
      return hits();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
