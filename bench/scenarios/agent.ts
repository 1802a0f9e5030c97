import { agentWithTool, publishAgent } from '../agents.js';
import { startChild } from '../child.js';
import { load } from '../load.js';
import type { Scenario } from '../row.js';
import { missingFor, startSetup } from '../setup.js';

const MODEL = 'openai/bench-model';
const FIRST_TOKEN_MS = 20;
const TARGET_MS = 10;

/** An agent that calls a tool once, against asking its provider twice directly. */
export const agentOverhead: Scenario = async ({ seconds }) => {
  const name = missingFor('postgres') ? 'embedded' : 'postgres';
  const provider = await startChild(
    'dist/bench/provider-server.js',
    [String(FIRST_TOKEN_MS), '20', '0', 'datetime'],
    {},
    /^ready (\S+)/,
  );
  const setup = await startSetup(name, { OPENAI_BASE_URL: provider.announced, OPENAI_API_KEY: 'bench' });
  try {
    const agentId = await publishAgent(setup, agentWithTool(MODEL));
    const direct = { model: 'bench-model', stream: true, messages: [{ role: 'user', content: 'What time is it?' }] };
    const bare = await load(
      `${provider.announced}/chat/completions`,
      { 'content-type': 'application/json' },
      direct,
      1,
      seconds,
    );
    const run = { agentId, input: { text: 'hello' }, mode: 'wait' };
    // As in the row of one model call: what one client meets in a process that has served for a while.
    await load(`${setup.url}/api/v1/executions`, setup.headers, run, 20, seconds);
    const ours = await load(`${setup.url}/api/v1/executions`, setup.headers, run, 1, seconds);
    const addedMs = ours.p50 - 2 * bare.p50;
    return [
      {
        what: `agent with one tool call, 1 client, ${name}: added to two bare model calls p50`,
        measured: `${addedMs} ms (${ours.p50} against 2 × ${bare.p50} ms)`,
        target: `≤ ${TARGET_MS} ms`,
        met: addedMs <= TARGET_MS,
      },
    ];
  } finally {
    await setup.stop();
    await provider.stop();
  }
};
