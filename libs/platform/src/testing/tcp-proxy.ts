import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between us and a store, so that a test can cut the line or lose an answer. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private loseAnswerAfter: RegExp | null = null;
  private refusing = false;
  private stalled = false;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  /** @param url of the store */
  static async before(url: string, defaultPort: number): Promise<TcpProxy> {
    const target = new URL(url);
    target.port ||= String(defaultPort);
    const server = createServer();
    const proxy = new TcpProxy(server, target);
    server.on('connection', (socket) => proxy.join(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The store's address by way of the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** Ends every connection and takes no new one until {@link mend}. */
  cut(): void {
    this.refusing = true;
    for (const socket of this.sockets) socket.destroy();
  }

  /** Nothing passes any more and nobody is told, as when packets are dropped, until {@link mend}. */
  stall(): void {
    this.stalled = true;
    for (const socket of this.sockets) socket.pause();
  }

  mend(): void {
    this.refusing = false;
    this.stalled = false;
    this.loseAnswerAfter = null;
    for (const socket of this.sockets) socket.resume();
  }

  /** The next answer to a request that matches never arrives: the line breaks first, once, and stays broken until {@link mend}. */
  loseAnswerTo(request: RegExp): void {
    this.loseAnswerAfter = request;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket): void {
    if (this.refusing) {
      near.destroy();
      return;
    }
    const far = connect(Number(this.target.port), this.target.hostname);
    let losing = false;
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
    near.on('data', (data) => {
      if (this.loseAnswerAfter?.test(data.toString('latin1'))) {
        this.loseAnswerAfter = null;
        losing = true;
      }
      far.write(data);
    });
    far.on('data', (data) => {
      if (!losing) near.write(data);
      // `C` is CommandComplete, `Z` ReadyForQuery: the store has done it, and nobody will hear.
      else if (data.includes('Z\x00\x00\x00\x05I', 0, 'latin1')) this.cut();
    });
    if (this.stalled) {
      near.pause();
      far.pause();
    }
  }
}
