/**
 * Refuses a Node.js that is too old, in one line, before anything else is parsed.
 * Old syntax on purpose (no optional chaining, no top-level await, no `node:` prefix). The minimum is `engines.node` in package.json.
 */
import fs from 'fs';

const manifest = JSON.parse(fs.readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
const needed = manifest.engines.node.replace(/[^\d.]/g, '');

function isOlder(version, minimum) {
  const have = version.split('.').map(Number);
  const want = minimum.split('.').map(Number);
  for (let index = 0; index < want.length; index += 1) {
    if (have[index] !== want[index]) return have[index] < want[index];
  }
  return false;
}

if (isOlder(process.versions.node, needed)) {
  console.error(
    'AgentFlow needs Node.js ' +
      needed +
      ' or newer and this is ' +
      process.versions.node +
      '. Fix: install the current release from https://nodejs.org (or: nvm install 24), then run the same command again.',
  );
  process.exit(1);
}
