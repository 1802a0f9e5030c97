import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The project's root, where Jest is started. */
export const projectRoot = process.cwd();

const ours = [...readFileSync(join(projectRoot, '.env.example'), 'utf8').matchAll(/^#?\s?([A-Z][A-Z0-9_]*)=/gm)].map(
  (match) => match[1] ?? '',
);

/** The environment of a process under test: this one's without AgentFlow's settings and Jest's flags, and then the given ones. */
export function processEnvironment(settings: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !ours.includes(entry[0]) && entry[0] !== 'NODE_OPTIONS' && !/^JEST_/.test(entry[0]),
  );
  return { ...Object.fromEntries(inherited), ...settings };
}
