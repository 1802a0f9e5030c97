import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Row, Scenario } from '../row.js';
import { startSetup } from '../setup.js';

/** The built tree, embedded: the first start in an empty folder, which makes the database, and the second one there. */
export const startAndMemory: Scenario = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'agentflow-bench-start-'));
  const rows: Row[] = [];
  try {
    for (const which of ['first', 'second']) {
      const begin = performance.now();
      const setup = await startSetup('embedded', { AGENTFLOW_DATA_DIR: folder });
      await fetch(`${setup.url}/health/ready`);
      const seconds = Math.round((performance.now() - begin) / 100) / 10;
      await sleep(3_000);
      const memoryMiB = await setup.server.memoryMiB();
      await setup.stop();
      rows.push(
        {
          what: `embedded, ${which} start: to the first answered request`,
          measured: `${seconds} s`,
          target: '≤ 3 s',
          met: seconds <= 3,
        },
        {
          what: `embedded, ${which} start: resident memory when idle`,
          measured: `${memoryMiB} MiB`,
          target: '≤ 220 MiB',
          met: memoryMiB <= 220,
        },
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
