import type { Ground } from './ground/ground.js';
import { checkInvariants } from './invariants/check-invariants.js';
import { settle } from './invariants/settle.js';
import { Round } from './round.js';
import type { Scenario } from './scenario.js';

export interface RoundResult {
  readonly ms: number;
  readonly runs: number;
  /** How long a run that the fault met stood still at worst until its next attempt; null when none had to be taken up. */
  readonly worstResumeMs: number | null;
  readonly notes: readonly string[];
}

/**
 * Plays a scenario once, heals the installation, waits until everything has ended and checks every invariant.
 * @throws Error that names the scenario and the seed to play it again with
 */
export async function playRound(
  scenario: Scenario,
  ground: Ground,
  seed: number,
  isLong: boolean,
): Promise<RoundResult> {
  const round = new Round(ground, seed, isLong);
  let endedByThemselves: string[] = [];
  try {
    try {
      await scenario.play(round);
    } finally {
      endedByThemselves = ground.members.flatMap(({ unexpectedEnd }) => unexpectedEnd ?? []);
      await ground.heal();
    }
    if (endedByThemselves.length > 0) throw new Error(`I-09: ${endedByThemselves.join('\n')}`);
    await settle(round);
    const worstResumeMs = await checkInvariants(round);
    return { ms: Date.now() - round.startedAt, runs: round.runs.length, worstResumeMs, notes: round.notes };
  } catch (error) {
    const again = `FAULT_SEED=${seed} npm run test:faults -- --rounds 1 --on ${ground.kind}${isLong ? '' : ' --short'} ${scenario.id}`;
    const cause = error instanceof Error ? error : new Error(String(error));
    throw new Error(`${scenario.id} on ${ground.kind}: ${cause.message}\nPlay it again: ${again}`, { cause });
  } finally {
    await round.person.leave();
  }
}

/** A seed for a first play: FAULT_SEED, or one by chance. */
export function firstSeed(): number {
  const given = process.env.FAULT_SEED;
  if (given === undefined || given === '') return Math.floor(Math.random() * 2 ** 31);
  const seed = Number(given);
  if (!Number.isInteger(seed) || seed < 0) throw new Error(`FAULT_SEED is "${given}"; it must be a whole number.`);
  return seed;
}
