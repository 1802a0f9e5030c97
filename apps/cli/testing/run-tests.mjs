import { ensureBuilt } from '../launch/ensure-built.mjs';
import { ensureInstalled } from '../launch/ensure-installed.mjs';
import { chooseLanes } from './choose-lanes.mjs';
import { runLane } from './run-lane.mjs';
import { printSummary } from './summary.mjs';

const { chosen, patterns } = chooseLanes(process.argv.slice(2));

await ensureInstalled();
await ensureBuilt();

// One after the other: each lane already keeps both cores of a small machine busy, and some measure time.
const results = [];
for (const lane of chosen) results.push(await runLane(lane, patterns));

printSummary(results);
process.exitCode = results.some((result) => result.failed > 0) ? 1 : 0;
