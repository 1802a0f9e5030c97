/** More slips of the finger than this make another name. */
const MAX_DISTANCE = 3;

/** The name that was probably meant; none when nothing is near. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.slice(0, 64).toLowerCase();
  let limit = Math.min(MAX_DISTANCE, Math.max(1, Math.floor(wanted.length / 3)));
  let best: string | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const other = candidate.toLowerCase();
    const shared = sharedStart(wanted, other);
    const distance = editDistance(wanted.slice(shared), other.slice(shared), limit);
    if (distance > limit) continue;
    best = candidate;
    limit = distance - 1;
    if (limit < 0) break;
  }
  return best;
}

function sharedStart(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left.charCodeAt(length) === right.charCodeAt(length)) length++;
  return length;
}

/**
 * Levenshtein, one row at a time, as far as it does not exceed the limit: only entries near the diagonal matter, and
 * most names are given up after a few rows. A large graph may ask for hundreds of thousands of these.
 */
function editDistance(left: string, right: string, limit: number): number {
  const tooFar = limit + 1;
  let [row, next] = ROWS;
  for (let j = 0; j <= right.length; j++) row[j] = j;
  for (let i = 1; i <= left.length; i++) {
    const [from, to] = [Math.max(1, i - limit), Math.min(right.length, i + limit)];
    next[from - 1] = from === 1 ? i : tooFar;
    let smallest = next[from - 1] as number;
    for (let j = from; j <= to; j++) {
      const change = left.charCodeAt(i - 1) === right.charCodeAt(j - 1) ? 0 : 1;
      let distance = (row[j - 1] as number) + change;
      if ((row[j] as number) < distance) distance = (row[j] as number) + 1;
      if ((next[j - 1] as number) < distance) distance = (next[j - 1] as number) + 1;
      next[j] = distance;
      if (distance < smallest) smallest = distance;
    }
    if (smallest > limit) return tooFar;
    if (to < right.length) next[to + 1] = tooFar;
    [row, next] = [next, row];
  }
  return row[right.length] as number;
}

/** Room for the longest names compared: 64 characters, and a few more. */
const ROWS: [Uint8Array, Uint8Array] = [new Uint8Array(80), new Uint8Array(80)];
