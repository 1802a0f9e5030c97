import { existsSync, readFileSync } from 'node:fs';
import { duration, refuse, say } from './progress.mjs';
import { inProject } from './project-root.mjs';
import { runTool } from './run-tool.mjs';

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/**
 * Whether node_modules is what the lockfile asks for. Versions are compared rather than dates, because a git checkout changes dates;
 * npm writes its hidden lockfile last, so an interrupted installation has none. Optional packages belong to other platforms.
 */
function isInstalled() {
  const installedPath = inProject('node_modules', '.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const installed = packagesOf(installedPath);
  return Object.entries(packagesOf(inProject('package-lock.json'))).every(
    ([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version,
  );
}

/** Installs the packages of the lockfile unless they are there. Development packages too, whatever NODE_ENV says: the build is made of them. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  say('Installing packages (once after a clone or an update, about a minute) …');
  // When npm started us it says where it lives, which also spares a shell on Windows.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const result = await (npm?.endsWith('.js') ? runTool({ args: [npm, ...args] }) : runTool({ command: 'npm', args }));
  if (!result.ok) {
    refuse(
      'The packages could not be installed. Fix: check the network and the free disk space, then run the same command again; npm said:',
      result.output,
    );
  }
  say(`Installed packages in ${duration(result.ms)}.`);
}
