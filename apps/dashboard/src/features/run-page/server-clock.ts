/** The Date header knows whole seconds only: a smaller difference is not a difference. */
const CLOCK_GRAIN_MS = 2000;

let aheadMs = 0;

/** Learns from the `Date` of an answer how far this computer's clock is off. */
export function noteServerDate(headers: Headers): void {
  const server = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(server)) return;
  const difference = server + 500 - Date.now();
  aheadMs = Math.abs(difference) > CLOCK_GRAIN_MS ? difference : 0;
}

/** The present moment as the server would stamp it, in milliseconds: what still runs is measured against its stamps. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}
