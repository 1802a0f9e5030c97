import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work on a document may keep others from their turn. */
const SLICE_MS = 10;

/** Does work that stops now and then to ask whether others want their turn. */
export async function inTurns<Result>(work: Generator<void, Result>): Promise<Result> {
  let sliceEnd = performance.now() + SLICE_MS;
  for (let part = work.next(); ; part = work.next()) {
    if (part.done === true) return part.value;
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    sliceEnd = performance.now() + SLICE_MS;
  }
}

/** Does the same work in one go. */
export function atOnce<Result>(work: Generator<void, Result>): Result {
  for (let part = work.next(); ; part = work.next()) if (part.done === true) return part.value;
}
