import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is yes. @throws Error after the time */
export async function eventually(ask: () => boolean | Promise<boolean>, withinMs = 5_000): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (!(await ask())) {
    if (performance.now() > giveUpAt)
      throw new Error(`This did not become true within ${withinMs} ms: ${ask.toString()}`);
    await sleep(5);
  }
}
