import type { Ground, GroundKind } from './ground/ground.js';
import type { Round } from './round.js';

/** One fault and what must hold when it happens. */
export interface Scenario {
  /** Of hardening.md section 2. */
  readonly id: string;
  /** What a user could check, as a sentence about AgentFlow. */
  readonly title: string;
  readonly grounds: readonly GroundKind[];
  /** Why it cannot be played on this ground, if so. */
  missing?(ground: Ground): string | null;
  /** Starts work, makes the fault happen and checks what is particular to it; what holds always is checked afterwards. */
  play(round: Round): Promise<void>;
}

export const missingOwnPostgres = ({ postgres }: Ground): string | null =>
  postgres === null
    ? 'needs a Postgres that may be stopped: install its server, with a user postgres when root runs this'
    : null;
