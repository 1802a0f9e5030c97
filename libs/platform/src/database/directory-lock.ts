import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsError } from '../config/index.js';

/**
 * Takes the embedded database for this process alone: PGlite has no lock of its own, and two processes on one folder
 * lose acknowledged rows without a word. A lock left by a process that is gone is taken over.
 * @returns how to give it back
 * @throws SettingsError when a living process holds it
 */
export function lockDirectory(dataDirectory: string): () => void {
  const path = join(dataDirectory, 'agentflow.lock');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(path, 'utf8'));
      if (isAlive(holder)) {
        throw new SettingsError([
          `AgentFlow already runs on ${dataDirectory} (process ${holder}). Stop it, set AGENTFLOW_DATA_DIR to another folder, or set DATABASE_URL to run several processes.`,
        ]);
      }
      rmSync(path, { force: true });
    }
  }
  throw new SettingsError([
    `The lock file ${path} changes hands all the time. Stop the other process and start again.`,
  ]);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
