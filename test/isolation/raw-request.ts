import { Agent, type IncomingHttpHeaders, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

const LIMIT_MS = 30_000;

export interface RawRequest {
  readonly method: string;
  /** Sent as it is: `fetch` would tidy up `//`, `%2e` and `..` before the server sees them. */
  readonly path: string;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export function send(url: string, { method, path, token, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        ...{ agent, hostname, port, method, path, timeout: LIMIT_MS },
        headers: {
          accept: 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(body)),
          }),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.once('error', reject);
        response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error(`${method} ${path} did not answer in ${LIMIT_MS} ms.`)));
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Ends idle connections: the server would wait for them when it stops, and may end them itself when they are old. */
export function closeConnections(): void {
  agent.destroy();
}
