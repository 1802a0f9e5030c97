import { say } from '../launch/progress.mjs';

const sum = (results, field) => results.reduce((total, result) => total + result[field], 0);

/** Prints a line per lane and, as the very last line, the totals. */
export function printSummary(results) {
  const width = Math.max(...results.map((result) => result.name.length), 4);
  const row = (name, ...cells) => `${name.padEnd(width)} ${cells.map((cell) => String(cell).padStart(8)).join('')}`;
  say(`\n${row('lane', 'passed', 'failed', 'skipped', 'seconds')}`);
  for (const result of results) {
    const line = row(result.name, result.passed, result.failed, result.skipped, (result.ms / 1000).toFixed(1));
    say(result.note ? `${line}  ${result.note}` : line);
  }
  say('');
  // On stdout, alone: the line that scripts read.
  process.stdout.write(
    `${sum(results, 'passed')} passed, ${sum(results, 'failed')} failed, ${sum(results, 'skipped')} skipped\n`,
  );
}
