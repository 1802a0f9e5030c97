import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it arrived. */
export interface ReceivedMessage {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = (response: ServerResponse) => void;

/** A server that somebody has us tell things: keeps what arrives and answers as it is told. */
export class MessageReceiver {
  readonly received: ReceivedMessage[] = [];
  answer: Answer = (response) => void response.writeHead(204).end();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<MessageReceiver> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new MessageReceiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        receiver.received.push({ path: request.url ?? '/', headers: request.headers, body });
        receiver.answer(response);
      });
    });
    return receiver;
  }

  answerWith(status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.answer = (response) => void response.writeHead(status, headers).end();
  }

  /** From now on messages arrive and are not answered. @returns how to answer them all */
  hold(): (status: number) => void {
    const held: ServerResponse[] = [];
    this.answer = (response) => void held.push(response);
    return (status) => {
      for (const response of held) response.writeHead(status).end();
    };
  }

  /** `webhook-id` of each message, in the order in which they came. */
  get ids(): string[] {
    return this.received.map(({ headers }) => String(headers['webhook-id']));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
