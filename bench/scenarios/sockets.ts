import { io, type Socket } from 'socket.io-client';
import { modelCall, publishAgent } from '../agents.js';
import { startChild } from '../child.js';
import { missingFor, type Setup, startSetup } from '../setup.js';
import type { Scenario } from '../row.js';

const SOCKETS = 1_000;
/** One token is one frame at this pace. */
const FRAMES_PER_SECOND = 20;
const FRAMES = 200;
const TARGET_MS = 250;
/** Sockets that connect at the same time. */
const CONNECT_AT_ONCE = 50;

interface Event {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
}

/** Everybody watches one run: how long after an event was numbered its last watchers hear of it. Watchers and server share the machine. */
export const watchedByMany: Scenario = async () => {
  const name = missingFor('postgres') ? 'embedded' : 'postgres';
  const provider = await startChild(
    'dist/bench/provider-server.js',
    ['4000', String(FRAMES), String(FRAMES_PER_SECOND)],
    {},
    /^ready (\S+)/,
  );
  const setup = await startSetup(name, { OPENAI_BASE_URL: provider.announced, OPENAI_API_KEY: 'bench' });
  const sockets: Socket[] = [];
  try {
    const agentId = await publishAgent(setup, modelCall('openai/bench-model'));
    while (sockets.length < SOCKETS) {
      sockets.push(...(await Promise.all(Array.from({ length: CONNECT_AT_ONCE }, () => connect(setup)))));
    }
    const run = await start(setup, agentId);
    const lags: number[] = [];
    const ended = sockets.map((socket) => follow(socket, run, lags));
    await Promise.all(ended);
    const sorted = lags.sort((a, b) => a - b);
    const p95 = Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN);
    const memory = await setup.server.memoryMiB();
    return [
      {
        what: `${SOCKETS} sockets on one run at ${FRAMES_PER_SECOND} frames/s, ${name}: lag p95`,
        measured: `${p95} ms (${sorted.length} events heard; server ${memory} MiB)`,
        target: `≤ ${TARGET_MS} ms`,
        met: p95 <= TARGET_MS,
      },
    ];
  } finally {
    for (const socket of sockets) socket.disconnect();
    await setup.stop();
    await provider.stop();
  }
};

function connect(setup: Setup): Promise<Socket> {
  const token = setup.headers['authorization']?.replace('Bearer ', '');
  const socket = io(`${setup.url}/executions`, { auth: { token }, transports: ['websocket'], forceNew: true });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

async function start(setup: Setup, agentId: string): Promise<string> {
  const response = await fetch(`${setup.url}/api/v1/executions`, {
    method: 'POST',
    headers: setup.headers,
    body: JSON.stringify({ agentId, input: { text: 'hello' } }),
  });
  return ((await response.json()) as { id: string }).id;
}

/** Resolves at the last event. @throws Error when one was missed */
function follow(socket: Socket, executionId: string, lags: number[]): Promise<void> {
  let last = 0;
  return new Promise((resolve, reject) => {
    socket.on('event', ({ seq, at, type }: Event) => {
      if (seq !== last + 1) reject(new Error(`After event ${last} came ${seq}.`));
      last = seq;
      if (type === 'text-delta') lags.push(Date.now() - Date.parse(at));
      if (type === 'execution-end') resolve();
    });
    socket.emit('subscribe', { executionId }, ({ ok }: { ok: boolean }) => {
      if (!ok) reject(new Error('The subscription was refused.'));
    });
  });
}
