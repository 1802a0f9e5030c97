import { Ground, type GroundKind, missingFor } from './ground/ground.js';
import { firstSeed, playRound } from './play-round.js';
import type { Scenario } from './scenario.js';
import { type FamilyName, families } from './scenarios/index.js';

const STARTS_WITHIN_MS = 150_000;
const ROUND_WITHIN_MS = 180_000;

/** Tells a family of scenarios to Jest: one installation, each scenario once. What cannot be played here is skipped, by name. */
export function tellFamily(name: FamilyName, kind: GroundKind): void {
  let ground: Ground | undefined;
  const missing = missingFor(kind);

  if (missing === null) {
    beforeAll(async () => {
      ground = await Ground.start(kind, name === 'stores');
    }, STARTS_WITHIN_MS);
    afterAll(() => ground?.discard(), STARTS_WITHIN_MS);
  }

  const mine = (families[name] as readonly Scenario[]).filter(({ grounds }) => grounds.includes(kind));
  for (const scenario of mine) {
    const title = `${scenario.title} (${scenario.id})`;
    if (missing !== null) {
      it.skip(`${title}: ${missing}`, () => undefined);
      continue;
    }
    it(
      title,
      async () => {
        if (!ground) throw new Error('The installation did not start.');
        const lacking = scenario.missing?.(ground) ?? null;
        if (lacking !== null) return void process.stderr.write(`skipped ${scenario.id}: ${lacking}\n`);
        const { notes } = await playRound(scenario, ground, firstSeed(), false);
        if (notes.length > 0) process.stderr.write(`${scenario.id}: ${notes.join('; ')}\n`);
      },
      ROUND_WITHIN_MS,
    );
  }
}
