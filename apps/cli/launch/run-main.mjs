import { pathToFileURL } from 'node:url';
import { inProject } from './project-root.mjs';

/**
 * Runs a built program in this very process, as if Node had been started with it. No child: a signal, even SIGKILL, and the exit code
 * are then the program's own, and nothing can be left behind holding the port or the data directory.
 * @param {string} path inside the project
 */
export async function runMain(path, args = process.argv.slice(2)) {
  const main = inProject(path);
  process.argv = [process.argv[0], main, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(main).href);
}
