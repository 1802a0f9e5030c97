import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';

/** How often a request has reached it, and with which status it answered then. */
export type Mood = 200 | 401 | 422 | 500;

/**
 * As careless as services can be: tells everything that it was sent in headers, body, page and error, with the
 * password of a Basic header unwrapped.
 */
export class RepeatingService {
  mood: Mood = 200;
  /** Everything that it was sent, to be sure that there was something to repeat. */
  readonly heard: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<RepeatingService> {
    const holder: { service?: RepeatingService } = {};
    const server = createServer((request, response) => void holder.service?.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    holder.service = new RepeatingService(server);
    return holder.service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let sent = '';
    for await (const part of request.setEncoding('utf8')) sent += part as string;
    const { authorization = '' } = request.headers;
    const password = authorization.startsWith('Basic ') ? Buffer.from(authorization.slice(6), 'base64').toString() : '';
    const credentials = [...Object.values(request.headers), password].flat().join(' ');
    this.heard.push(`${credentials} ${sent}`);
    const said = `${request.method} ${request.url} with ${credentials} and ${sent}`;
    response.writeHead(this.mood, {
      'content-type': request.url?.includes('page') ? 'text/html' : 'application/json',
      'x-request': encodeURIComponent(said),
      'set-cookie': `seen=${encodeURIComponent(credentials)}`,
      'www-authenticate': `Basic realm="${encodeURIComponent(authorization)}"`,
    });
    const details = { message: said, headers: request.headers, sent, nested: JSON.stringify({ credentials }) };
    response.end(
      JSON.stringify({
        ...details,
        ok: false,
        error: { message: said, type: 'invalid_request_error', details },
        error_description: said,
        errors: [{ message: said }],
        errorMessages: [said],
        detail: said,
      }),
    );
  }
}

const SSL_REQUEST = 80_877_103;

/** A database that asks for the password in clear and says it back in its refusal. */
export async function startRepeatingPostgres(): Promise<{ port: number; heard: string[]; close(): Promise<void> }> {
  const heard: string[] = [];
  const server: TcpServer = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      if (data.length === 8 && data.readInt32BE(4) === SSL_REQUEST) socket.write('N');
      else if (data[0] === 0x70) {
        const password = data.subarray(5, -1).toString();
        heard.push(password);
        socket.end(errorResponse(`password authentication failed: “${password}” is wrong`));
      } else socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, heard, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Postgres' message `E`: fields with a letter each, ended by zeros. */
function errorResponse(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C28P01\0M${message}\0D${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
