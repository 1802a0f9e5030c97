import { readFileSync } from 'node:fs';
import { inProject } from '../launch/project-root.mjs';

/** Names of every AgentFlow setting; `.env.example` lists them all (test/structure holds it to that). */
function settingNames() {
  const text = readFileSync(inProject('.env.example'), 'utf8');
  return [...text.matchAll(/^#?\s?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1]);
}

/** The environment of one lane: the caller's without AgentFlow's own settings, which would otherwise steer the tests. */
export function laneEnvironment(lane) {
  const env = { ...process.env };
  for (const name of settingNames()) delete env[name];
  return {
    ...env,
    NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
    ...lane.env,
  };
}
