import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A little project in which every arrow points the wrong way once; the file says which rule must notice. */
const VIOLATIONS: Record<string, { text: string; rule?: string }> = {
  'libs/auth/src/index.ts': { text: `export * from '#agents';`, rule: 'auth-uses-declared-libs-only' },
  'libs/agents/src/index.ts': { text: `export * from './agents.service.js';` },
  'libs/agents/src/agents.service.ts': {
    text: `import '#executions';\nexport const agents = 1;`,
    rule: 'agents-uses-declared-libs-only',
  },
  'libs/agents/src/agents.rules.ts': { text: `import './index.js';\nexport const rules = 1;`, rule: 'no-own-index' },
  'libs/agents/src/page.ts': { text: `import '../../../apps/dashboard/src/page.js';`, rule: 'not-to-the-apps' },
  'libs/agents/src/untested.ts': { text: `import '../../executions/src/testing/fake.js';`, rule: 'not-to-the-tests' },
  'libs/agents/src/looked-up.ts': { text: `import 'no-such-package';`, rule: 'no-unresolvable' },
  'libs/agents/src/tested.ts': {
    text: `import { chromium } from 'playwright-core';\nexport { chromium };`,
    rule: 'no-development-packages',
  },
  'libs/executions/src/index.ts': { text: `export const executions = 1;` },
  'libs/executions/src/deep.ts': {
    text: `import '../../agents/src/agents.service.js';`,
    rule: 'libs-through-their-index',
  },
  'libs/executions/src/first.ts': { text: `import './second.js';\nexport const first = 1;`, rule: 'no-cycles' },
  'libs/executions/src/second.ts': { text: `import './first.js';\nexport const second = 1;` },
  'libs/executions/src/lonely.ts': { text: `export const lonely = 1;`, rule: 'no-orphans' },
  'libs/executions/src/testing/fake.ts': { text: `export const fake = 1;` },
  'libs/executions/src/deep.spec.ts': {
    text: `import '../../agents/src/agents.service.js';`,
    rule: 'lib-tests-through-the-index',
  },
  'libs/kernel/src/index.ts': {
    text: `import '#platform/errors';\nimport '@nestjs/common';`,
    rule: 'engines-stand-alone',
  },
  'libs/kernel/src/controller.ts': { text: `import '@nestjs/common';`, rule: 'engines-know-no-framework' },
  'libs/tenancy/src/index.ts': { text: `import '#auth';`, rule: 'tenancy-stands-on-platform' },
  'libs/platform/src/errors/index.ts': { text: `import '#tenancy';`, rule: 'platform-is-the-floor' },
  'libs/platform/src/http/index.ts': {
    text: `import '../errors/inside.js';`,
    rule: 'platform-parts-through-their-index',
  },
  'libs/platform/src/errors/inside.ts': { text: `import './index.js';` },
  'libs/surprise/src/index.ts': { text: `import '#agents';`, rule: 'known-libs-only' },
  'apps/api/src/main.ts': {
    text: `import '../../../libs/agents/src/agents.service.js';`,
    rule: 'apps-and-tests-through-the-index',
  },
  'apps/worker/src/main.ts': { text: `import '../../api/src/main.js';`, rule: 'apps-stand-apart' },
  'apps/dashboard/src/page.ts': { text: `import '#kernel';`, rule: 'dashboard-speaks-the-api-only' },
  'migrations/index.ts': { text: `import '#agents';`, rule: 'migrations-stand-alone' },
};

interface Found {
  from: string;
  rule: { name: string };
}

function cruise(folder: string): Found[] {
  const program = join(process.cwd(), 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [
    program,
    '--config',
    '.config/dependency-cruiser.cjs',
    '--output-type',
    'json',
    'apps',
    'libs',
    'migrations',
  ];
  const output = execFileSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return (JSON.parse(output) as { summary: { violations: Found[] } }).summary.violations;
}

describe('.config/dependency-cruiser.cjs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agentflow-boundaries-'));
  let found: Found[] = [];

  beforeAll(() => {
    cpSync('.config', join(folder, '.config'), { recursive: true });
    for (const name of ['package.json', 'tsconfig.json']) cpSync(name, join(folder, name));
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
    for (const [path, { text }] of Object.entries(VIOLATIONS)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), `${text}\n`);
    }
    found = cruise(folder);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const cases = Object.entries(VIOLATIONS).flatMap(([path, { rule }]) => (rule === undefined ? [] : [{ path, rule }]));

  it.each(cases)('notices $rule in $path', ({ path, rule }) => {
    expect(found.filter((violation) => violation.from === path).map((violation) => violation.rule.name)).toContain(
      rule,
    );
  });

  it('lets a declared edge pass', () => {
    const edges = found
      .filter((violation) => violation.from === 'libs/executions/src/deep.ts')
      .map((violation) => violation.rule.name);
    expect(edges).not.toContain('executions-uses-declared-libs-only');
  });
});
