import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { mend, note, ok } from './finding.mjs';

const endOfLife = { 20: 'April 2026', 21: 'June 2024', 23: 'June 2025' };

/** Node itself was old enough to be refused before this runs; here only whether it still gets security fixes. */
export function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  const what = `Node.js ${process.versions.node}`;
  if (endOfLife[major]) {
    return note(
      `${what} works, but gets no security fixes since ${endOfLife[major]}`,
      'install Node.js 24 from https://nodejs.org',
    );
  }
  return ok(what);
}

/** npm installs the packages; it comes with Node, except in some distributions. */
export async function checkNpm() {
  try {
    const npm = process.env.npm_execpath;
    const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, '--version']] : ['npm', ['--version']];
    const { stdout } = await promisify(execFile)(command, args);
    return ok(`npm ${stdout.trim()}`);
  } catch {
    return mend('npm does not answer', 'install it with Node.js from https://nodejs.org (Debian: apt-get install npm)');
  }
}
