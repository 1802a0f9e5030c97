import { ENVIRONMENT } from '#platform/config';
import { read } from './project-files.js';

/** What docker-compose.yml alone reads. */
const COMPOSE_ONLY = ['POSTGRES_PASSWORD'];

const documented = new Map(
  [...read('.env.example').matchAll(/^# (.+)\n# ([A-Z][A-Z0-9_]*)=/gm)].map((match) => [match[2]!, match[1]!]),
);

describe('.env.example', () => {
  it.each(Object.entries(ENVIRONMENT))('explains %s in the words of the configuration', (name, schema) => {
    expect(`# ${documented.get(name) ?? '(missing)'}\n# ${name}=`).toBe(`# ${schema.description}\n# ${name}=`);
  });

  it('explains nothing that AgentFlow does not read', () => {
    const unknown = [...documented.keys()].filter((name) => !(name in ENVIRONMENT) && !COMPOSE_ONLY.includes(name));
    const fix = 'remove it from .env.example, or add it to libs/platform/src/config/environment.ts';
    expect(unknown.map((name) => `${name}: ${fix}`)).toEqual([]);
  });

  it('sets no secret', () => {
    expect(read('.env.example')).not.toMatch(/^[^#\n]*(SECRET|KEY|PASSWORD)\w*=./m);
  });
});
