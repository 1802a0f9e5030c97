import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { duration, say } from '../launch/progress.mjs';
import { inProject } from '../launch/project-root.mjs';
import { runTool } from '../launch/run-tool.mjs';
import { laneEnvironment } from './lane-environment.mjs';

/**
 * Runs one lane and reads its totals from the runner's own report. Jest and Vitest write the same fields.
 * @returns {Promise<{ name: string, passed: number, failed: number, skipped: number, ms: number, note: string }>}
 *   A skipped lane counts as one skipped; a file that could not even be loaded counts as one failure; so does a lane that ran nothing.
 */
export async function runLane(lane, patterns) {
  if (lane.missing)
    return { name: lane.name, passed: 0, failed: 0, skipped: 1, ms: 0, note: `skipped: ${lane.missing}` };

  const report = inProject('test-results', `${lane.name.replace(':', '-')}.json`);
  mkdirSync(inProject('test-results'), { recursive: true });
  rmSync(report, { force: true });
  say(`\n━━ ${lane.name}`);
  const args = lane.args.map((part) => part.replace('{report}', report));
  const run = await runTool({
    args: [...args, ...patterns],
    env: laneEnvironment(lane),
    live: true,
    limitMs: lane.limitMs,
  });
  return { name: lane.name, ms: run.ms, ...readTotals(report, run, lane) };
}

function readTotals(report, run, lane) {
  if (run.timedOut)
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      note: `ended after ${duration(lane.limitMs)}: a test or an open connection hangs`,
    };
  if (!existsSync(report))
    return { passed: 0, failed: 1, skipped: 0, note: `the runner ended without a report (exit code ${run.code})` };
  const totals = JSON.parse(readFileSync(report, 'utf8'));
  const unloaded = totals.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const passed = totals.numPassedTests;
  const skipped = totals.numPendingTests + (totals.numTodoTests ?? 0);
  const failed = totals.numFailedTests + unloaded;
  if (passed + failed === 0)
    return { passed, failed: 1, skipped, note: 'ran no test: no file matches, or every test was skipped' };
  if (failed === 0 && !run.ok)
    return { passed, failed: 1, skipped, note: `every test passed, but the runner ended with exit code ${run.code}` };
  return { passed, failed, skipped, note: unloaded > 0 ? `${unloaded} file(s) could not be loaded` : '' };
}
