import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from '../row.js';
import { startSetup } from '../setup.js';

/** The built tree on a fresh and on a known data directory is one figure: the second start. */
export const startAndMemory: Scenario = async () => {
  const setup = await startSetup('embedded');
  try {
    await sleep(3_000);
    const memoryMiB = await setup.server.memoryMiB();
    return [
      {
        what: 'embedded, idle: resident memory',
        measured: `${memoryMiB} MiB`,
        target: '≤ 220 MiB',
        met: memoryMiB <= 220,
      },
    ];
  } finally {
    await setup.stop();
  }
};
