import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingsError } from '../config/index.js';
import { lockDirectory } from './directory-lock.js';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'af-lock-'));
  lock = join(folder, 'agentflow.lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('The lock on the data directory', () => {
  it('names its process and is gone once it is given back', () => {
    const unlock = lockDirectory(folder);
    expect(readFileSync(lock, 'utf8')).toBe(String(process.pid));
    unlock();
    unlock();
    expect(existsSync(lock)).toBe(false);
  });

  it('is refused while another process lives that holds it', () => {
    const other = spawn('sleep', ['30']);
    try {
      writeFileSync(lock, String(other.pid));
      expect(() => lockDirectory(folder)).toThrow(SettingsError);
      expect(() => lockDirectory(folder)).toThrow(
        /Stop it, set AGENTFLOW_DATA_DIR to another folder, or set DATABASE_URL/,
      );
      expect(readFileSync(lock, 'utf8')).toBe(String(other.pid));
    } finally {
      other.kill();
    }
  });

  it.each([
    ['a process that is gone', () => String(spawnSync('true').pid)],
    ['an earlier process with the same number, as in a container', () => String(process.pid)],
    ['one that died while it wrote', () => ''],
    ['nobody', () => 'nonsense'],
  ])('is taken over from %s', (_what, holder) => {
    writeFileSync(lock, holder());
    lockDirectory(folder)();
    expect(existsSync(lock)).toBe(false);
  });
});
