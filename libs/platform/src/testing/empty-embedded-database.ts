import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { hasEmbeddedDatabase, makeEmbeddedDatabase } from '../database/make-embedded-database.js';

/**
 * Puts a new, empty embedded database into `directory`, which must not be there yet: what a first start makes by itself.
 * Making one takes three seconds of CPU; it is made once for each version of PGlite, and copied.
 */
export async function placeEmptyDatabase(directory: string): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  await cp(await kept(), directory, { recursive: true });
}

async function kept(): Promise<string> {
  const { version } = JSON.parse(await readFile('node_modules/@electric-sql/pglite/package.json', 'utf8')) as {
    version: string;
  };
  const place = resolve('node_modules/.cache/agentflow', `empty-database-${version}`);
  if (!hasEmbeddedDatabase(place)) await make(place);
  return place;
}

/** Several test processes may do so at the same moment: whoever is ready first has made it. */
async function make(place: string): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  const draft = await mkdtemp(`${place}-`);
  try {
    await makeEmbeddedDatabase(join(draft, 'database'));
    await rename(join(draft, 'database'), place);
  } catch (error) {
    if (!hasEmbeddedDatabase(place)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
