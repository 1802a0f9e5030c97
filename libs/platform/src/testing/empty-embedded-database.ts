import { randomBytes } from 'node:crypto';
import { access, cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

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
  const isThere = await access(place).then(
    () => true,
    () => false,
  );
  if (!isThere) await make(place);
  return place;
}

/** Several test processes may do so at the same moment: whoever is ready first has made it. */
async function make(place: string): Promise<void> {
  const { PGlite } = await import('@electric-sql/pglite');
  const draft = `${place}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await mkdir(dirname(place), { recursive: true });
  const database = await PGlite.create({ dataDir: draft });
  await database.close();
  try {
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    await access(join(place, 'PG_VERSION')).catch(() => {
      throw error;
    });
  }
}
