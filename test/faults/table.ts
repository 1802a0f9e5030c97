import { cpus, loadavg } from 'node:os';
import type { GroundKind } from './ground/ground.js';

/** All rounds of one fault on one set-up. */
export interface Row {
  readonly id: string;
  readonly kind: GroundKind;
  rounds: number;
  runs: number;
  readonly failures: string[];
  worstResumeMs: number | null;
  worstMs: number;
  readonly notes: string[];
  readonly missing: string | null;
}

const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1_000).toFixed(1)} s`);

/** The table of a long form, as Markdown. */
export function printTable(rows: readonly Row[]): void {
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`,
    '',
    '| fault | set-up | rounds | runs | invariants | worst resume | longest round | |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(({ id, kind, rounds, runs, failures, worstResumeMs, worstMs, notes, missing }) =>
      missing === null
        ? `| ${id} | ${kind} | ${rounds} | ${runs} | ${failures.length === 0 ? 'all true' : `violated in ${failures.length}`} | ${seconds(worstResumeMs)} | ${seconds(worstMs)} | ${notes.at(-1) ?? ''} |`
        : `| ${id} | ${kind} | skipped: ${missing} |||||`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
