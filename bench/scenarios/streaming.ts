import { setTimeout as sleep } from 'node:timers/promises';
import { modelCall, publishAgent } from '../agents.js';
import { type Child, startChild } from '../child.js';
import { leastNote, startLeast } from '../least.js';
import { median } from '../load.js';
import { percent, type Row, type Scenario } from '../row.js';
import { missingFor, startSetup } from '../setup.js';

const MODEL = 'openai/bench-model';
const TOKENS = 400;
const TOKENS_PER_SECOND = 200;

type Ask = () => Promise<Streamed>;

interface Streamed {
  /** Milliseconds to the first token. */
  readonly firstMs: number;
  readonly tokensPerSecond: number;
}

/** Time to first token and tokens relayed, beside the same provider asked directly. */
export const streaming: Scenario = async () => {
  const name = missingFor('postgres') ? 'embedded' : 'postgres';
  const paced = await startChild(
    'dist/bench/provider-server.js',
    ['20', String(TOKENS), String(TOKENS_PER_SECOND)],
    {},
    /^ready (\S+)/,
  );
  const flood = await startChild('dist/bench/provider-server.js', ['0', '2000'], {}, /^ready (\S+)/);
  const rows: Row[] = [];
  try {
    for (const [what, targetMs, ask] of [
      ['1 stream', 3, (follow: Ask) => oneAfterAnother(follow, 15)],
      ['100 streams', 25, (follow: Ask) => keptOpen(follow, 100, 3)],
      ['100 streams begun at the same moment', null, (follow: Ask) => atOnce(follow, 100, 2)],
    ] as const) {
      const { bare, least, ours } = await beside(name, paced, ask);
      const addedMs = tenths(ours.firstMs - bare.firstMs);
      rows.push({
        what: `streaming, ${what}, ${name}: added time to first token p50`,
        measured: `${addedMs} ms (${ours.firstMs.toFixed(1)} against ${bare.firstMs.toFixed(1)} ms${leastNote(least && tenths(least.firstMs - bare.firstMs))})`,
        target: targetMs === null ? '–' : `≤ ${targetMs} ms`,
        met: targetMs === null ? null : addedMs <= targetMs,
      });
    }
    const { bare, ours } = await beside(name, flood, (follow) => atOnce(follow, 100, 2));
    const share = percent(ours.tokensPerSecond, bare.tokensPerSecond);
    rows.push({
      what: `streaming, 100 streams, ${name}: tokens relayed`,
      measured: `${share} % of the provider alone (${Math.round(ours.tokensPerSecond)}/s against ${Math.round(bare.tokensPerSecond)}/s)`,
      target: '≥ 25 %',
      met: share >= 25,
    });
    return rows;
  } finally {
    await paced.stop();
    await flood.stop();
  }
};

async function beside(
  name: 'embedded' | 'postgres',
  provider: Child,
  measure: (ask: Ask) => Promise<Streamed>,
): Promise<{ bare: Streamed; least: Streamed | null; ours: Streamed }> {
  const setup = await startSetup(name, { OPENAI_BASE_URL: provider.announced, OPENAI_API_KEY: 'bench' });
  const leastServer = await startLeast(provider, setup);
  try {
    const agentId = await publishAgent(setup, modelCall(MODEL));
    const direct = { model: 'bench-model', stream: true, messages: [{ role: 'user', content: 'hello' }] };
    const askDirectly = (): Promise<Streamed> =>
      follow(`${provider.announced}/chat/completions`, { 'content-type': 'application/json' }, direct, /"content":/g);
    const askUs = (): Promise<Streamed> =>
      follow(
        `${setup.url}/api/v1/executions`,
        { ...setup.headers, accept: 'text/event-stream' },
        { agentId, input: { text: 'hello' } },
        /event: text-delta/g,
      );
    const askLeast = (url: string) => (): Promise<Streamed> =>
      follow(
        url,
        { 'content-type': 'application/json', accept: 'text/event-stream' },
        { text: 'hello' },
        /event: text-delta/g,
      );
    const asks = [askDirectly, ...(leastServer ? [askLeast(leastServer.announced)] : []), askUs];
    const streamed: Streamed[] = [];
    for (const ask of asks) {
      // Nobody meets a process that has never streamed.
      await atOnce(ask, 50, 3);
      streamed.push(await measure(ask));
    }
    const [bare, ...others] = streamed as [Streamed, ...Streamed[]];
    return { bare, least: leastServer && (others[0] ?? null), ours: others.at(-1) ?? bare };
  } finally {
    await leastServer?.stop();
    await setup.stop();
  }
}

async function oneAfterAnother(ask: Ask, count: number): Promise<Streamed> {
  const all: Streamed[] = [];
  while (all.length < count) all.push(await ask());
  return middle(all, 1);
}

/** So many are open all the time, each at another point of its answer; the first of each is left out. */
async function keptOpen(ask: Ask, streams: number, perPlace: number): Promise<Streamed> {
  const all: Streamed[] = [];
  const place = async (): Promise<void> => {
    await sleep((Math.random() * TOKENS * 1000) / TOKENS_PER_SECOND);
    await ask();
    for (let each = 1; each < perPlace; each += 1) all.push(await ask());
  };
  await Promise.all(Array.from({ length: streams }, place));
  return middle(all, streams);
}

async function atOnce(ask: Ask, streams: number, rounds: number): Promise<Streamed> {
  const all: Streamed[] = [];
  for (let round = 0; round < rounds; round += 1)
    all.push(...(await Promise.all(Array.from({ length: streams }, ask))));
  return middle(all, streams);
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

function middle(all: readonly Streamed[], streams: number): Streamed {
  return {
    firstMs: median(all.map(({ firstMs }) => firstMs)),
    tokensPerSecond: median(all.map((one) => one.tokensPerSecond)) * streams,
  };
}

/** Reads a stream to its end. Tokens are counted by words of the text, because frames carry several. */
async function follow(url: string, headers: Record<string, string>, body: unknown, mark: RegExp): Promise<Streamed> {
  const begin = performance.now();
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  let firstMs = Number.NaN;
  let characters = 0;
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const text = decoder.decode(chunk as Uint8Array, { stream: true });
    if (Number.isNaN(firstMs) && text.search(mark) >= 0) firstMs = performance.now() - begin;
    for (const [, piece = ''] of text.matchAll(/"(?:content|text)":"((?:[^"\\]|\\.)*)"/g)) characters += piece.length;
  }
  const CHARACTERS_PER_TOKEN = 5;
  return { firstMs, tokensPerSecond: (characters / CHARACTERS_PER_TOKEN / (performance.now() - begin)) * 1000 };
}
