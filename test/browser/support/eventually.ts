import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats a check until it holds. @throws what it threw last when it does not within that time */
export async function eventually(check: () => Promise<void>, withinMs = 20_000): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await sleep(50);
    }
  }
}
