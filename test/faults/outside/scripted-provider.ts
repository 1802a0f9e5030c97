import { once } from 'node:events';
import { createServer, type IncomingMessage, request as send, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type FakeOpenAiServer,
  startFakeOpenAiServer,
} from '../../../libs/providers/src/testing/fake-openai-server.js';

/** Models of the scripted provider and how each behaves. */
export const models = {
  /** Speaks for half a second; uses the calculator once when it is given tools. */
  ready: 'openai/gpt-4o-mini',
  /** Speaks for ten seconds. */
  talkative: 'openai/gpt-4o',
  /** Says three words, then nothing, with the connection open. */
  silent: 'openai/gone-silent',
  /** Wants the calculator for ever. */
  restless: 'openai/never-done',
} as const;

const toolCalls = [{ name: 'calculator', arguments: { expression: '6 * 7' } }];

/** One address for several fake model services, chosen by the model's name. */
export class ScriptedProvider {
  private constructor(
    private readonly front: Server,
    private readonly services: ReadonlyMap<string, FakeOpenAiServer>,
  ) {}

  static async start(): Promise<ScriptedProvider> {
    const [ready, talkative, silent, restless] = await Promise.all([
      startFakeOpenAiServer({ tokenCount: 30, tokensPerSecond: 60, toolCalls }),
      startFakeOpenAiServer({ tokenCount: 300, tokensPerSecond: 30 }),
      startFakeOpenAiServer({ tokenCount: 30, fault: { kind: 'silence', afterTokens: 3 } }),
      startFakeOpenAiServer({ toolCalls }),
    ]);
    const front = createServer().listen(0, '127.0.0.1');
    await once(front, 'listening');
    const provider = new ScriptedProvider(
      front,
      new Map([
        [models.ready, ready],
        [models.talkative, talkative],
        [models.silent, silent],
        [models.restless, restless],
      ]),
    );
    front.on('request', (request: IncomingMessage, response: ServerResponse) => void provider.pass(request, response));
    return provider;
  }

  /** Ends in `/v1`. */
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.front.address() as AddressInfo).port}/v1`;
  }

  /** Answers to this model that the caller hung up on. */
  abandonedBy(model: string): number {
    return this.services.get(model)?.abandonedCount() ?? 0;
  }

  /** How many requests this model was asked. */
  askedOf(model: string): number {
    return this.services.get(model)?.requests.length ?? 0;
  }

  async stop(): Promise<void> {
    this.front.closeAllConnections();
    this.front.close();
    await Promise.all([...this.services.values()].map((service) => service.close()));
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    try {
      for await (const part of request.setEncoding('utf8')) body += part as string;
    } catch {
      return;
    }
    const name = /"model"\s*:\s*"([^"]+)"/.exec(body)?.[1] ?? '';
    const service = this.services.get(`openai/${name}`) ?? this.services.get(models.ready);
    // Whoever never has enough does not see that the tool has answered.
    const told = name === 'never-done' ? body.replace(/"role"\s*:\s*"tool"/g, '"role":"user"') : body;
    const target = new URL(request.url ?? '/', service?.baseUrl);
    const forward = send(target, { method: request.method ?? 'POST', headers: { 'content-type': 'application/json' } });
    forward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    forward.on('error', () => response.destroy());
    response.on('close', () => forward.destroy());
    forward.end(told);
  }
}
