import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { SettingsError } from '../config/index.js';

/** Plain JavaScript, because it runs as text in a process of its own. */
const PROGRAM = `
const [pglite, directory] = process.argv.slice(1);
require(pglite).PGlite.create(directory).then((database) => database.close());`;

/** It takes three seconds on a small machine. */
const TIME_LIMIT_MS = 120_000;

const run = promisify(execFile);

/** Whether an embedded database lies there. */
export function hasEmbeddedDatabase(directory: string): boolean {
  return existsSync(join(directory, 'PG_VERSION'));
}

/**
 * Makes the files of an empty embedded database, in a process of its own: Postgres's program for it takes nearly a
 * gigabyte, of which a process that lives on would keep 150 MB. They appear in `directory` when they are whole, so that a
 * start that is killed leaves no half of a database behind.
 * @throws SettingsError when it cannot be written, or when something else lies there
 */
export async function makeEmbeddedDatabase(directory: string): Promise<void> {
  const draft = `${directory}.${process.pid}.new`;
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  try {
    await removeDrafts(directory);
    await run(process.execPath, ['-e', PROGRAM, pglite, draft], { env: {}, timeout: TIME_LIMIT_MS });
    await rename(draft, directory);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    throw new SettingsError([
      `The embedded database cannot be made in ${directory} (${reasonOf(cause)}). Make room for it there, set AGENTFLOW_DATA_DIR to another folder, or set DATABASE_URL.`,
    ]);
  }
}

/** Of starts that were killed in the middle. */
async function removeDrafts(directory: string): Promise<void> {
  const mark = `${basename(directory)}.`;
  for (const name of await readdir(dirname(directory))) {
    if (name.startsWith(mark) && name.endsWith('.new'))
      await rm(join(dirname(directory), name), { recursive: true, force: true });
  }
}

function reasonOf(cause: unknown): string {
  const { code, stderr, message } = cause as { code?: unknown; stderr?: string; message?: string };
  const [said] = /(?<=Error: ).*/.exec(stderr ?? '') ?? [];
  return said ?? (typeof code === 'string' ? code : String(message));
}
