import { publishAgent, pureSteps } from '../agents.js';
import { load } from '../load.js';
import { percent, type Row, type Scenario } from '../row.js';
import { missingFor, startSetup } from '../setup.js';

const CLIENTS = 50;
const TARGET = 30;

/** Five pure steps over REST with `mode: wait`, all persisted. */
export const pureStepsInteractive: Scenario = async ({ seconds, floor }) => {
  const rows: Row[] = [];
  for (const name of ['postgres', 'embedded'] as const) {
    const what = `five pure steps, wait, ${CLIENTS} clients, ${name}`;
    const missing = missingFor(name);
    if (missing) {
      rows.push({ what, measured: `not measured: ${missing}`, target: `≥ ${TARGET} % of the floor`, met: null });
      continue;
    }
    const setup = await startSetup(name);
    try {
      const agentId = await publishAgent(setup, pureSteps(5));
      const body = { agentId, input: { text: 'hello' }, mode: 'wait' };
      const { perSecond, p50 } = await load(`${setup.url}/api/v1/executions`, setup.headers, body, CLIENTS, seconds);
      const share = percent(perSecond, floor);
      rows.push({
        what,
        measured: `${share} % of the floor (${Math.round(perSecond)} runs/s, p50 ${p50} ms)`,
        target: `≥ ${TARGET} % of the floor`,
        met: share >= TARGET,
      });
    } finally {
      await setup.stop();
    }
  }
  return rows;
};
