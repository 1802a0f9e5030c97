import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';

/** The only range that the installation under test may reach beside public addresses. */
export const OPENED = '127.0.0.2/31';
const OPEN_ADDRESS = '127.0.0.2';
const OTHER_OPEN_ADDRESS = '127.0.0.3';

/** What reached one of the open servers: the whole request as text, so that secrets can be looked for in it. */
type Told = string;

/**
 * What surrounds an installation: a canary on loopback that nobody may reach, and, on the same port of addresses that
 * the operator has opened, a service that sends requests anywhere and another one that must see no credential.
 */
export class Outside {
  /** Bytes that reached the canary, connection by connection. */
  readonly canary: string[] = [];
  readonly atOther: Told[] = [];

  private constructor(
    readonly port: number,
    private readonly servers: readonly (Server | TcpServer)[],
    private readonly sockets: ReadonlySet<Socket>,
  ) {}

  static async start(): Promise<Outside> {
    const sockets = new Set<Socket>();
    const holder: { outside?: Outside } = {};
    const canary = createTcpServer((socket) => holder.outside?.catch(socket));
    await listen(canary, 0, '127.0.0.1');
    const { port } = canary.address() as AddressInfo;
    const canary6 = createTcpServer((socket) => holder.outside?.catch(socket));
    // Not every machine has IPv6.
    const has6 = await listen(canary6, port, '::1').then(
      () => true,
      () => false,
    );
    const open = createHttpServer((request, response) => redirectFrom(request, response));
    await listen(open, port, OPEN_ADDRESS);
    const other = createHttpServer((request, response) => void holder.outside?.note(request, response));
    await listen(other, port, OTHER_OPEN_ADDRESS);
    const servers = [canary, ...(has6 ? [canary6] : []), open, other];
    for (const server of servers) {
      server.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      });
    }
    holder.outside = new Outside(port, servers, sockets);
    return holder.outside;
  }

  /** An address of the open service that answers with this redirect, whatever follows in the path. */
  redirect(status: number, to: string): string {
    return `http://${OPEN_ADDRESS}:${this.port}/hop/${status}/${Buffer.from(to).toString('base64url')}`;
  }

  /** An open address that redirects so many times before it answers. */
  chain(hops: number): string {
    return `http://${OPEN_ADDRESS}:${this.port}/chain/${hops}`;
  }

  get otherUrl(): string {
    return `http://${OTHER_OPEN_ADDRESS}:${this.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  private catch(socket: Socket): void {
    const index = this.canary.push('') - 1;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      this.canary[index] += data.toString('latin1');
      socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 6\r\n\r\ncaught');
    });
  }

  private async note(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let told = `${request.method} ${request.url}\n${request.rawHeaders.join('\n')}\n`;
    for await (const part of request.setEncoding('latin1')) told += part as string;
    this.atOther.push(told);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }
}

function redirectFrom({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const [, kind, first = '', second = ''] = url.split('/');
  if (kind === 'hop') {
    const location = Buffer.from(second.split('?')[0] ?? '', 'base64url').toString();
    response.writeHead(Number(first), { location }).end();
  } else if (kind === 'chain' && Number.parseInt(first) > 0) {
    response.writeHead(302, { location: `/chain/${Number.parseInt(first) - 1}` }).end();
  } else {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }
}

function listen(server: Server | TcpServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
