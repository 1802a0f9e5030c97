import { modelCall, publishAgent } from '../agents.js';
import { startChild } from '../child.js';
import { leastNote, startLeast } from '../least.js';
import { load } from '../load.js';
import type { Row, Scenario } from '../row.js';
import { missingFor, startSetup } from '../setup.js';

const MODEL = 'openai/bench-model';

/** One model call against a provider with 20 ms to its first token: what we add to asking it directly. */
export const modelCallLatency: Scenario = async ({ seconds }) => {
  const name = missingFor('postgres') ? 'embedded' : 'postgres';
  const provider = await startChild('dist/bench/provider-server.js', ['20', '20'], {}, /^ready (\S+)/);
  const setup = await startSetup(name, { OPENAI_BASE_URL: provider.announced, OPENAI_API_KEY: 'bench' });
  const least = await startLeast(provider, setup);
  try {
    const agentId = await publishAgent(setup, modelCall(MODEL));
    const rows: Row[] = [];
    // Many first: a process that has served for a while is what one client meets, too.
    for (const [clients, targetMs] of [
      [50, 15],
      [1, 3],
    ] as const) {
      const direct = {
        model: 'bench-model',
        stream: true,
        messages: [{ role: 'user', content: 'Say something about: hello' }],
      };
      const json = { 'content-type': 'application/json' };
      const bare = await load(`${provider.announced}/chat/completions`, json, direct, clients, seconds);
      const alone = least && (await load(least.announced, json, {}, clients, seconds));
      const run = { agentId, input: { text: 'hello' }, mode: 'wait' };
      const ours = await load(`${setup.url}/api/v1/executions`, setup.headers, run, clients, seconds);
      const addedMs = ours.p50 - bare.p50;
      rows.push({
        what: `one model call, ${clients} client${clients > 1 ? 's' : ''}, ${name}: added latency p50`,
        measured: `${addedMs} ms (${ours.p50} against ${bare.p50} ms${leastNote(alone && alone.p50 - bare.p50)})`,
        target: `≤ ${targetMs} ms`,
        met: addedMs <= targetMs,
      });
    }
    return rows;
  } finally {
    await least?.stop();
    await setup.stop();
    await provider.stop();
  }
};
