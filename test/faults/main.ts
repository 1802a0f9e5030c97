import { Ground, type GroundKind, missingFor } from './ground/ground.js';
import { firstSeed, playRound } from './play-round.js';
import type { Scenario } from './scenario.js';
import { scenarios } from './scenarios/index.js';
import { printTable, type Row } from './table.js';

/** `npm run test:faults [-- --rounds 20] [--on cluster|embedded] [--short] [F-01 …]`: each fault that often, then the table. */
const args = process.argv.slice(2);
const rounds = Number(valueOf('--rounds') ?? '20');
const only = valueOf('--on') as GroundKind | undefined;
/** As npm test plays it: what takes a minute in life takes seconds. */
const isLong = !args.includes('--short');
const chosen = args.filter((arg) => /^F-\d+$/.test(arg));
const known = new Set([...chosen, '--short', '--rounds', String(valueOf('--rounds')), '--on', String(only)]);
const unknown = args.filter((arg) => !known.has(arg));
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds wants a whole number from 1 on.');
if (unknown.length > 0)
  throw new Error(
    `Not understood: ${unknown.join(' ')}. Usage: [--rounds 20] [--on cluster|embedded] [--short] [F-01 …]`,
  );

const rows: Row[] = [];
for (const kind of ['cluster', 'embedded'] as const) {
  if (only !== undefined && only !== kind) continue;
  const mine = scenarios.filter(
    ({ id, grounds }) => grounds.includes(kind) && (chosen.length === 0 || chosen.includes(id)),
  );
  if (mine.length > 0) rows.push(...(await playAll(kind, mine)));
}
printTable(rows);
process.exitCode = rows.some(({ failures }) => failures.length > 0) ? 1 : 0;

async function playAll(kind: GroundKind, mine: readonly Scenario[]): Promise<Row[]> {
  const missing = missingFor(kind);
  if (missing !== null) {
    process.stderr.write(`The set-up ${kind} is skipped: ${missing}.\n`);
    return [];
  }
  const played: Row[] = [];
  let ground = await Ground.start(kind, true);
  try {
    for (const scenario of mine) {
      const missing = scenario.missing?.(ground) ?? null;
      const row: Row = {
        id: scenario.id,
        kind,
        rounds: 0,
        runs: 0,
        failures: [],
        worstResumeMs: null,
        worstMs: 0,
        notes: [],
        missing,
      };
      played.push(row);
      if (missing !== null) continue;
      for (let number = 0; number < rounds; number += 1) {
        const failed = await playOne(row, scenario, ground, firstSeed() + number);
        if (!failed) continue;
        // What a failed round left behind must not be held against the next.
        await ground.discard();
        ground = await Ground.start(kind, true);
      }
    }
  } finally {
    await ground.discard();
  }
  return played;
}

/** @returns whether it failed */
async function playOne(row: Row, scenario: Scenario, ground: Ground, seed: number): Promise<boolean> {
  row.rounds += 1;
  try {
    const { ms, runs, worstResumeMs, notes } = await playRound(scenario, ground, seed, isLong);
    row.runs += runs;
    row.worstMs = Math.max(row.worstMs, ms);
    if (worstResumeMs !== null) row.worstResumeMs = Math.max(row.worstResumeMs ?? 0, worstResumeMs);
    row.notes.push(...notes);
    process.stderr.write(
      `${scenario.id} ${row.kind} round ${row.rounds}: ${runs} runs, ${ms} ms, seed ${seed}${notes.map((note) => `; ${note}`).join('')}\n`,
    );
    return false;
  } catch (error) {
    row.failures.push((error as Error).message);
    process.stderr.write(`${scenario.id} ${row.kind} round ${row.rounds} FAILED: ${(error as Error).message}\n`);
    return true;
  }
}

function valueOf(name: string): string | undefined {
  const index = args.indexOf(name);
  return index === -1 ? undefined : args[index + 1];
}
