import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultName } from './faults.js';
import { fixtureNamed, type RecordingFolder } from './recordings.js';

export interface FaultyProvider {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  requestCount(): number;
  /** Replies that are still being sent, or held back. */
  openReplies(): number;
  /** Bytes that were handed to the network, headers aside. */
  sentBytes(): number;
  close(): Promise<void>;
}

interface FaultyReply {
  readonly folder: RecordingFolder;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  send(bytes: Buffer | string): Promise<void>;
}

const FLOOD_BYTES = 50 * 1024 * 1024;
const FLOOD_PIECE = Buffer.alloc(64 * 1024, 'x');
/** The client gets a moment to read what was sent: a reset overtakes it. */
const MOMENT_MS = 30;

/** A provider that fails in one of the ways of `FAULTS`, in the words of the provider whose recordings it is given. */
export async function startFaultyProvider(folder: RecordingFolder, fault: FaultName): Promise<FaultyProvider> {
  let requests = 0;
  let sent = 0;
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    requests++;
    open.add(response);
    response.on('close', () => open.delete(response));
    request.resume();
    const send = async (bytes: Buffer | string): Promise<void> => {
      if (response.destroyed) return;
      sent += Buffer.byteLength(bytes);
      if (!response.write(bytes)) await roomIn(response);
    };
    request.on('end', () => void MISBEHAVIOURS[fault]({ folder, request, response, send }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requestCount: () => requests,
    openReplies: () => open.size,
    sentBytes: () => sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Resolves when the reply takes more, or nobody is left to take it. */
function roomIn(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

type Misbehaviour = (reply: FaultyReply) => Promise<void> | void;

const MISBEHAVIOURS: Readonly<Record<FaultName, Misbehaviour>> = {
  'rate-limited': refuse(429),
  'rate-limited-for-seconds': refuse(429, () => ({ 'retry-after': '7' })),
  'rate-limited-until-date': refuse(429, () => ({ 'retry-after': new Date(Date.now() + 90_000).toUTCString() })),
  'server-error': refuse(500),
  overloaded: refuse(529),
  'echoes-key': ({ request, response }) => {
    response.writeHead(401, { 'content-type': 'application/json', 'x-echo': JSON.stringify(request.headers) });
    const error = { message: `Not allowed: ${JSON.stringify(request.headers)}`, ...request.headers };
    response.end(JSON.stringify({ error, headers: request.headers }));
  },
  reset: ({ response }) => void response.socket?.resetAndDestroy(),
  'never-answers': () => undefined,
  'silent-at-once': (reply) => reply.response.writeHead(200, headersOf(reply)).flushHeaders(),
  'silent-after-words': (reply) => sendFirstWords(reply),
  'cut-in-json': async (reply) => {
    await sendUpTo(reply, 'text', 'zweimal', 3);
    await close(reply);
  },
  'cut-in-character': async (reply) => {
    await sendUpTo(reply, 'text', '👍', 2);
    await close(reply);
  },
  'cut-in-tool-call': async (reply) => {
    await sendUpTo(reply, 'tool-calls', 'Ber', 2);
    await close(reply);
  },
  'reset-after-words': async (reply) => {
    await sendFirstWords(reply);
    await sleep(MOMENT_MS);
    reply.response.socket?.resetAndDestroy();
  },
  'invalid-line': async (reply) => {
    await sendFirstWords(reply);
    await reply.send(eventOf(reply, '{"choices": oops'));
    reply.response.end();
  },
  'missing-fields': async (reply) => {
    reply.response.writeHead(200, headersOf(reply));
    for (let count = 0; count < 3; count++) await reply.send(eventOf(reply, '{}'));
    reply.response.end();
  },
  'plain-text': ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end('upstream connect error or disconnect/reset before headers. reset reason: overflow');
  },
  'gzip-garbage': (reply) => {
    reply.response.writeHead(200, { ...headersOf(reply), 'content-encoding': 'gzip' });
    reply.response.end('this was never compressed');
  },
  'web-page': ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!DOCTYPE html><html><body>Sign in to continue</body></html>');
  },
  flood: async (reply) => {
    await sendUpTo(reply, 'text', 'zweimal', 3);
    for (let bytes = 0; bytes < FLOOD_BYTES && !reply.response.destroyed; bytes += FLOOD_PIECE.length)
      await reply.send(FLOOD_PIECE);
    reply.response.end();
  },
  'duplicate-ids': async (reply) => {
    reply.response.writeHead(200, headersOf(reply));
    const text = fixtureNamed(reply.folder, 'tool-calls.chunks.txt');
    await reply.send(SECOND_CALLS.reduce((changed, [second, first]) => changed.replaceAll(second, first), text));
    reply.response.end();
  },
  mislabelled: async (reply) => {
    reply.response.writeHead(200, { 'content-type': 'application/octet-stream' });
    await reply.send(fixtureNamed(reply.folder, 'text.chunks.txt'));
    reply.response.end();
  },
};

/** Ids of the second calls in the recordings, and of the first. */
const SECOND_CALLS: readonly (readonly [string, string])[] = [
  ['call_Lr4TgHn1XeUwKo6BqDz5MvCa', 'call_9fJkQ3mZx7WcVb2NtYpLs8Rd'],
  ['toolu_01Wq4bZ8sXk3mVr9cNdJyHtL', 'toolu_01T1x1fJ34qAmk2tNTrN7Up6'],
  ['fc-8f2k2', 'fc-8f2k1'],
  ['call_k3m9w7zb', 'call_t8x2v1qa'],
];

function refuse(status: number, headers: () => Record<string, string> = () => ({})): Misbehaviour {
  return ({ response }) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers() });
    response.end(JSON.stringify({ error: { message: 'Not now' } }));
  };
}

/** The recording up to a place in it, and some bytes further. */
async function sendUpTo(reply: FaultyReply, name: string, place: string, bytesFurther: number): Promise<void> {
  const recorded = Buffer.from(fixtureNamed(reply.folder, `${name}.chunks.txt`));
  reply.response.writeHead(200, headersOf(reply));
  await reply.send(recorded.subarray(0, recorded.indexOf(place) + bytesFurther));
}

/** Whole events up to the one in which the third word comes. */
async function sendFirstWords(reply: FaultyReply): Promise<void> {
  const recorded = fixtureNamed(reply.folder, 'text.chunks.txt');
  reply.response.writeHead(200, headersOf(reply));
  await reply.send(recorded.slice(0, recorded.lastIndexOf('\n', recorded.indexOf('zweimal')) + 1));
}

async function close({ response }: FaultyReply): Promise<void> {
  await sleep(MOMENT_MS);
  response.socket?.destroy();
}

function headersOf({ folder }: FaultyReply): Record<string, string> {
  return { 'content-type': folder.startsWith('ollama') ? 'application/x-ndjson' : 'text/event-stream; charset=utf-8' };
}

function eventOf({ folder }: FaultyReply, data: string): string {
  return folder.startsWith('ollama') ? `${data}\n` : `data: ${data}\n\n`;
}
