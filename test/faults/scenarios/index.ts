import type { Scenario } from '../scenario.js';
import { killedBeforeTheEffect } from './f-01-killed-before-the-effect.js';
import { killedAfterTheEffect } from './f-02-killed-after-the-effect.js';
import { killedBeforeTheKnock } from './f-03-killed-before-the-knock.js';
import { killedBeforeTheFirstCommit } from './f-04-killed-before-the-first-commit.js';
import { killedWhileStreaming } from './f-05-killed-while-streaming.js';
import { blockedLoop } from './f-06-blocked-loop.js';
import { zombie } from './f-07-zombie.js';
import { redisRestarts } from './f-08-redis-restarts.js';
import { redisIsEmptied } from './f-09-redis-is-emptied.js';
import { redisIsFull } from './f-10-redis-is-full.js';
import { postgresRestarts } from './f-12-postgres-restarts.js';
import { connectionsEnd } from './f-13-connections-end.js';
import { poolExhausted } from './f-14-pool-exhausted.js';
import { silentStream } from './f-18-silent-stream.js';
import { aHundredReturns } from './f-22-a-hundred-returns.js';
import { cancel } from './f-23-cancel.js';
import { duplicates } from './f-27-duplicates.js';
import { poison } from './f-28-poison.js';
import { rollingRestart } from './f-29-rolling-restart.js';
import { schedulers } from './f-30-schedulers.js';
import { largeOutputs } from './f-35-large-outputs.js';
import { noisyNeighbour } from './f-36-noisy-neighbour.js';
import { neverEnding } from './f-39-never-ending.js';

/** Every scenario by what it does to the installation; a family is told in one spec, on one installation. */
export const families = {
  killed: [
    killedBeforeTheEffect,
    killedAfterTheEffect,
    killedBeforeTheKnock,
    killedBeforeTheFirstCommit,
    killedWhileStreaming,
  ],
  silenced: [blockedLoop, zombie, poison, rollingRestart],
  stores: [redisRestarts, redisIsEmptied, redisIsFull, postgresRestarts, connectionsEnd, poolExhausted],
  pressed: [silentStream, aHundredReturns, cancel, duplicates, schedulers, largeOutputs, noisyNeighbour, neverEnding],
} as const satisfies Readonly<Record<string, readonly Scenario[]>>;

export type FamilyName = keyof typeof families;

export const scenarios: readonly Scenario[] = Object.values(families)
  .flat()
  .sort((one, other) => one.id.localeCompare(other.id));
