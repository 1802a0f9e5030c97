import { existsSync, readFileSync } from 'node:fs';

/** The nearest package.json above this file, which is deeper in `dist` than it is as source. */
function packageFile(folder = new URL('./', import.meta.url)): URL {
  const file = new URL('package.json', folder);
  return existsSync(file) || folder.pathname === '/' ? file : packageFile(new URL('../', folder));
}

/** Of package.json. */
export const VERSION: string = (JSON.parse(readFileSync(packageFile(), 'utf8')) as { version: string }).version;
