import { cpus } from 'node:os';
import { startChild } from './child.js';
import { load } from './load.js';
import type { BenchContext, Row, Scenario } from './row.js';
import { agentOverhead } from './scenarios/agent.js';
import { backgroundThroughBull } from './scenarios/background.js';
import { durableSteps } from './scenarios/durable-steps.js';
import { kernelWalk } from './scenarios/kernel.js';
import { mapOverhead } from './scenarios/map.js';
import { largeRuns } from './scenarios/large.js';
import { runLists } from './scenarios/list.js';
import { modelCallLatency } from './scenarios/model-call.js';
import { pureStepsInteractive } from './scenarios/pure-steps.js';
import { watchedByMany } from './scenarios/sockets.js';
import { startAndMemory } from './scenarios/start.js';
import { streaming } from './scenarios/streaming.js';

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  kernel: kernelWalk,
  pure: pureStepsInteractive,
  bull: backgroundThroughBull,
  durable: durableSteps,
  model: modelCallLatency,
  stream: streaming,
  large: largeRuns,
  list: runLists,
  agent: agentOverhead,
  map: mapOverhead,
  sockets: watchedByMany,
  start: startAndMemory,
};

/** `npm run bench [-- --quick] [name …]`: every scenario in turn, then the table. */
const args = process.argv.slice(2);
const seconds = args.includes('--quick') ? 3 : 10;
const chosen = args.filter((arg) => !arg.startsWith('--'));
const names = chosen.length > 0 ? chosen : Object.keys(SCENARIOS);

const floor = await measureFloor();
const context: BenchContext = { seconds, floor };
const rows: Row[] = [];
for (const name of names) {
  const scenario = SCENARIOS[name];
  if (!scenario) throw new Error(`There is no scenario ${name}. There are: ${Object.keys(SCENARIOS).join(', ')}.`);
  process.stderr.write(`${name} …\n`);
  rows.push(...(await scenario(context)));
}
print(rows);

async function measureFloor(): Promise<number> {
  const server = await startChild('dist/bench/floor-server.js', [], {}, /^ready (\S+)/);
  try {
    const body = { agentId: '01a1fc44-f64a-707e-8483-3b5219208daa', input: { text: 'hello' }, mode: 'wait' };
    return (await load(`${server.announced}/executions`, { 'content-type': 'application/json' }, body, 50, seconds))
      .perSecond;
  } finally {
    await server.stop();
  }
}

function print(table: readonly Row[]): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`;
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, ${machine}; floor ${Math.round(floor)} requests/s at 50 clients`,
    '',
    '| what | measured | target | |',
    '|---|---|---|---|',
    ...table.map(
      ({ what, measured, target, met }) =>
        `| ${what} | ${measured} | ${target} | ${met === null ? '–' : met ? 'met' : 'missed'} |`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
