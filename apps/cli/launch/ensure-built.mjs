import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builds } from './builds.mjs';
import { fingerprint } from './fingerprint.mjs';
import { duration, refuse, say } from './progress.mjs';
import { inProject } from './project-root.mjs';
import { runTool } from './run-tool.mjs';

function isCurrent(build, hash) {
  return (
    existsSync(inProject(build.product)) &&
    existsSync(inProject(build.stamp)) &&
    readFileSync(inProject(build.stamp), 'utf8') === hash
  );
}

async function run({ build, hash }) {
  if (build.memory && !existsSync(inProject(build.product))) rmSync(inProject(build.memory), { force: true });
  const result = await runTool({ args: build.args, env: { ...process.env, ...build.env } });
  if (result.ok) {
    mkdirSync(inProject('dist'), { recursive: true });
    writeFileSync(inProject(build.stamp), hash);
    say(`Built the ${build.name} in ${duration(result.ms)}.`);
  }
  return { build, result };
}

/**
 * Builds what is older than its sources, side by side.
 * @param {string[]} names which builds the caller needs
 */
export async function ensureBuilt(names = builds.map((build) => build.name)) {
  const stale = builds
    .filter((build) => names.includes(build.name))
    .map((build) => ({ build, hash: fingerprint(build.sources, build.ignored) }))
    .filter(({ build, hash }) => !isCurrent(build, hash));
  if (stale.length === 0) return;

  say(`Building the ${stale.map(({ build }) => build.name).join(' and the ')} …`);
  const failed = (await Promise.all(stale.map(run))).filter(({ result }) => !result.ok);
  if (failed.length === 0) return;
  const [{ build, result }] = failed;
  const others = failed.slice(1).map((other) => ` The ${other.build.name} failed too.`);
  refuse(`The ${build.name} could not be built.${others.join('')} Fix: ${build.fix}.`, result.output);
}
