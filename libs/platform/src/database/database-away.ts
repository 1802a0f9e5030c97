import { setTimeout as sleep } from 'node:timers/promises';

const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  // admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections (PostgreSQL, Appendix A).
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/** A connection that breaks in the middle of a transaction is taken from TypeORM's hands; its next statement says so. */
const WORDS =
  /timeout exceeded when trying to connect|Connection terminated|not queryable|connection error|already released/;

/** As long as the journal waits, so that a step does not fail for what its run survives. */
const ABSENCE_MS = 15_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/** Whether an error says nothing but that the database could not be reached, or was lost on the way. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (CODES.has(code) || code.startsWith('08'))) return true;
  return typeof message === 'string' && WORDS.test(message);
}

/**
 * Does the work again, after growing pauses, while the database is away; a quarter of a minute at the most. Only for work that
 * may have been done already when its answer was lost.
 */
export async function despiteAbsence<T>(
  work: () => Promise<T>,
  { signal, forMs = ABSENCE_MS }: { readonly signal?: AbortSignal; readonly forMs?: number } = {},
): Promise<T> {
  const giveUpAt = Date.now() + forMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error) || signal?.aborted || Date.now() + pauseMs > giveUpAt) throw error;
      await sleep(pauseMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
    }
  }
}
