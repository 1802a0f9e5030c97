import { existsSync, mkdtempSync, readFileSync, rmdirSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataDirectory } from './check-settings.mjs';
import { mend, note, ok } from './finding.mjs';

const mebibyte = 1024 * 1024;
const leastFreeBytes = 300 * mebibyte;

function nearestExisting(path) {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

/** The directory, or the one it will be made in, must be writable. */
export function checkWritable() {
  const path = dataDirectory();
  try {
    // Tried rather than asked: to root every directory looks writable.
    rmdirSync(mkdtempSync(join(nearestExisting(path), '.agentflow-doctor-')));
    return ok(`data directory ${path} is writable`);
  } catch (error) {
    return mend(
      `data directory ${path} cannot be written (${error.code})`,
      'mend its owner and permissions, or set AGENTFLOW_DATA_DIR to another folder',
    );
  }
}

export function checkDiskSpace() {
  const { bavail, bsize } = statfsSync(nearestExisting(dataDirectory()));
  const free = bavail * bsize;
  const what = `${Math.floor(free / mebibyte)} MiB free for the data directory`;
  return free < leastFreeBytes
    ? mend(what, `free at least ${leastFreeBytes / mebibyte} MiB or set AGENTFLOW_DATA_DIR to another disk`)
    : ok(what);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The embedded database belongs to one process at a time. */
export function checkLock() {
  const path = join(dataDirectory(), 'agentflow.lock');
  if (process.env.DATABASE_URL || !existsSync(path)) return ok('no other process holds the embedded database');
  const pid = Number(readFileSync(path, 'utf8'));
  return isAlive(pid)
    ? note(
        `AgentFlow is running on this data directory (process ${pid})`,
        `stop it before starting another: kill ${pid}`,
      )
    : ok(`a lock of process ${pid}, which is gone, is taken over at the next start`);
}
