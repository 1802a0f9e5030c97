import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot, inProject } from './project-root.mjs';

function* filesUnder(path) {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* filesUnder(join(path, entry.name));
    else if (entry.isFile()) yield join(path, entry.name);
  }
}

/**
 * One hash over the names and contents of the files below `sources` that are not `ignored`. Contents rather than dates:
 * a checkout of the same commit then needs no build. About 30 ms for a thousand files.
 */
export function fingerprint(sources, ignored) {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = inProject(source);
    if (!existsSync(path)) continue;
    for (const file of filesUnder(path)) {
      if (ignored.test(file)) continue;
      hash.update(relative(projectRoot, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}
