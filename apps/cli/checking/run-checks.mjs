import { availableParallelism } from 'node:os';
import { ensureInstalled } from '../launch/ensure-installed.mjs';
import { duration, refuse, say } from '../launch/progress.mjs';
import { runTool } from '../launch/run-tool.mjs';
import { checks } from './checks.mjs';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  refuse(
    `There is no check called ${unknown.join(', ')}. The checks: ${checks.map((check) => check.name).join(', ')}.`,
  );
}

await ensureInstalled();
const waiting = checks.filter((check) => wanted.length === 0 || wanted.includes(check.name));
const failed = [];
const started = performance.now();

async function work() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const result = await runTool({ args: check.args });
    say(`${result.ok ? 'ok    ' : 'FAILED'}  ${check.name.padEnd(16)} ${duration(result.ms)}`);
    if (!result.ok) failed.push({ check, result });
  }
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));

for (const { check, result } of failed) say(`\n── ${check.name}: ${check.fix}\n\n${result.output.trim()}`);
const names = failed.map(({ check }) => check.name);
say(
  names.length === 0
    ? `All checks passed in ${duration(performance.now() - started)}.`
    : `\nFailed: ${names.join(', ')}.`,
);
process.exitCode = names.length === 0 ? 0 : 1;
