/**
 * Completes package-lock.json after `npm install` against a registry that carries only this machine's platform:
 * npm then leaves out the optional packages of other platforms, and `npm ci` refuses the file everywhere.
 * Adds each missing one with its version, os, cpu and libc, as the full registry would have; integrity it cannot know.
 *   node .ci/complete-lockfile.mjs [package-lock.json]
 */
import { readFileSync, writeFileSync } from 'node:fs';

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const otherSpellings = {
  armv7: 'arm',
  armv6: 'arm',
  gnueabihf: 'arm',
  musleabihf: 'arm',
  eabi: 'arm',
  ppc64le: 'ppc64',
  ppc64gnu: 'ppc64',
};

/** What a package is for, read off its name: `@swc/core-linux-arm64-musl` → linux, arm64, musl. */
export function platformOf(name) {
  const words = name.split('/').at(-1).split('-');
  const system = words.find((word) => systems.includes(word)) ?? (words.includes('linuxmusl') ? 'linux' : undefined);
  const processor = words.map((word) => otherSpellings[word] ?? word).find((word) => processors.includes(word));
  const libc = words.some((word) => word.includes('musl'))
    ? 'musl'
    : words.includes('gnu') && system === 'linux'
      ? 'glibc'
      : undefined;
  return { ...(processor && { cpu: [processor] }), ...(libc && { libc: [libc] }), ...(system && { os: [system] }) };
}

/** Whether `name` is found from the package at `path`, in its own node_modules or in one further up. */
function isReachable(packages, path, name) {
  if (packages[`${path}/node_modules/${name}`] || packages[`node_modules/${name}`]) return true;
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')));
  return parent !== '' && isReachable(packages, parent, name);
}

/** Optional dependencies that some package of the lockfile names and the lockfile does not hold. */
export function missingOptionalPackages(packages) {
  const missing = [];
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!isReachable(packages, path, name)) missing.push({ name, range, dev: entry.dev === true });
    }
  }
  return missing;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const path = process.argv[2] ?? 'package-lock.json';
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  const missing = missingOptionalPackages(lock.packages);
  for (const { name, range, dev } of missing) {
    const version = range.replace(/^[\^~]/, '');
    lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), ...(dev && { dev }), optional: true };
  }
  const [root, ...rest] = Object.entries(lock.packages);
  rest.sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries([root, ...rest]);
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`Added ${missing.length} optional packages to ${path}.`);
}
