const { join } = require('node:path');

/**
 * Which way the arrows point (docs/architecture.md), as data. Everything not listed is forbidden; a new line is a decision (docs/decisions).
 *
 *   apps → domains → tenancy → platform        engines → nothing of ours; domains → engines
 */
const engines = ['kernel', 'providers', 'sandbox', 'agent-loop'];
const foundations = ['tenancy', 'platform'];

/** The edges between domains: every domain may use auth, auth none of them. */
const domains = {
  auth: [],
  agents: ['auth', 'integrations', 'prompts', 'webhooks'],
  executions: ['auth', 'agents', 'knowledge', 'memory', 'tools', 'billing', 'integrations', 'models', 'webhooks'],
  chat: ['auth', 'agents', 'executions', 'models', 'billing'],
  mcp: ['auth', 'agents', 'executions', 'tools', 'billing'],
  knowledge: ['auth'],
  memory: ['auth'],
  tools: ['auth', 'integrations'],
  'tool-sets': ['auth', 'integrations', 'tools'],
  teams: ['auth', 'executions'],
  triggers: ['auth', 'agents', 'billing', 'executions'],
  billing: ['auth'],
  integrations: ['auth'],
  models: ['auth', 'integrations', 'billing'],
  prompts: ['auth', 'billing'],
  analytics: ['auth'],
  webhooks: ['auth'],
};

const oneOf = (names) => `^libs/(${names.join('|')})/`;
const tests = '(\\.(spec|int-spec|e2e-spec|contract)\\.tsx?$|^libs/[^/]+/src/.*testing/|^test/)';
const openToTests = [
  '^libs/[^/]+/src/index\\.ts$',
  '^libs/platform/src/[^/]+/index\\.ts$',
  '^libs/[^/]+/src/.*testing/',
];

const domainRules = Object.entries(domains).map(([name, uses]) => ({
  name: `${name}-uses-declared-libs-only`,
  comment: `libs/${name} may import ${[...uses, ...foundations, 'the engines'].join(', ')}. Take what you need to know as an argument, or listen to an event; a new edge goes into .config/dependency-cruiser.cjs together with a page in docs/decisions.`,
  severity: 'error',
  from: { path: oneOf([name]) },
  to: {
    path: '^(libs|apps|test|bench)/',
    pathNot: [oneOf([name, ...uses, ...foundations, ...engines]), '^test/support/'],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...domainRules,
    {
      name: 'known-libs-only',
      comment:
        'A lib that no arrow knows. Add it to the domains (or engines) at the top of .config/dependency-cruiser.cjs, with the libs it may use.',
      severity: 'error',
      from: { path: '^libs/', pathNot: oneOf([...Object.keys(domains), ...engines, ...foundations]) },
      to: {},
    },
    {
      name: 'engines-stand-alone',
      comment:
        'An engine knows nothing of users, tables or HTTP: it imports nothing of ours. Give it what it needs as an argument or an interface.',
      severity: 'error',
      from: { path: `^libs/(${engines.join('|')})/` },
      to: { path: '^(libs|apps|migrations|test|bench)/', pathNot: '^libs/$1/' },
    },
    {
      name: 'engines-know-no-framework',
      comment: 'Only the <engine>.module.ts of an engine knows Nest; nothing in it knows TypeORM or Express.',
      severity: 'error',
      from: { path: oneOf(engines), pathNot: '^libs/[^/]+/src/[^/]+\\.module\\.ts$' },
      to: { path: 'node_modules/(@nestjs|typeorm|express|pg)/' },
    },
    {
      name: 'tenancy-stands-on-platform',
      comment: 'tenancy imports platform and nothing else of ours.',
      severity: 'error',
      from: { path: '^libs/tenancy/' },
      to: { path: '^(libs|apps|test|bench)/', pathNot: '^libs/(tenancy|platform)/' },
    },
    {
      name: 'not-to-the-migrations',
      comment:
        'Apps run the migrations when they start. Of the libs only tests need them, to make a database of their own.',
      severity: 'error',
      from: { path: '^libs/', pathNot: tests },
      to: { path: '^migrations/' },
    },
    {
      name: 'platform-is-the-floor',
      comment: 'platform imports nothing else of ours. What needs a domain belongs to that domain.',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^(libs|apps|migrations|test|bench)/', pathNot: '^libs/platform/' },
    },
    {
      name: 'libs-through-their-index',
      comment:
        "Import another lib by its name (#agents, #platform/errors): only what its index.ts exports is its contract. Tests may also import another lib's src/testing.",
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: tests },
      to: {
        path: '^libs/[^/]+/',
        pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$', '^libs/platform/src/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'apps-and-tests-through-the-index',
      comment: "Import a lib by its name (#agents, #platform/errors). Tests may also import a lib's src/testing.",
      severity: 'error',
      from: { path: '^(apps|migrations|test|bench)/' },
      to: { path: '^libs/', pathNot: openToTests },
    },
    {
      name: 'lib-tests-through-the-index',
      comment: 'A test knows its own lib inside out; of another lib it may import the index.ts and src/testing.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/.*(\\.(spec|int-spec|e2e-spec)\\.ts$|/testing/)' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', ...openToTests] },
    },
    {
      name: 'platform-parts-through-their-index',
      comment: 'Import another part of the platform by its index.ts: ../errors/index.js.',
      severity: 'error',
      from: { path: '^libs/platform/src/([^/]+)/', pathNot: tests },
      to: {
        path: '^libs/platform/src/[^/]+/',
        pathNot: ['^libs/platform/src/$1/', '^libs/platform/src/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'no-own-index',
      comment: 'Inside a lib, import the file itself: going through the own index.ts is how cycles begin.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/platform/', tests] },
      to: { path: '^libs/$1/src/index\\.ts$' },
    },
    {
      name: 'not-to-the-apps',
      comment: 'An app composes; nobody imports it. Move what is shared into a lib.',
      severity: 'error',
      from: { path: '^(libs|migrations)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-stand-apart',
      comment: 'One app does not import another, except that api runs the worker in its own process (--role=all).',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: {
        path: '^apps/',
        pathNot: ['^apps/$1/', '^apps/worker/src/worker\\.module\\.ts$', '^apps/api/src/api\\.module\\.ts$'],
      },
    },
    {
      name: 'dashboard-speaks-the-api-only',
      comment: 'The dashboard reaches the server through its generated client alone, never through our libs.',
      severity: 'error',
      from: { path: '^apps/dashboard/' },
      to: { path: '^(libs|migrations|test|bench)/' },
    },
    {
      name: 'not-to-the-tests',
      comment: 'Code that runs in production does not import what is there for tests.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: [tests, '^apps/dashboard/src/testing/'] },
      to: { path: tests },
    },
    {
      name: 'migrations-stand-alone',
      comment:
        'A migration says what was true that day: it may use #platform/database, and no entity or service that will change.',
      severity: 'error',
      from: { path: '^migrations/', pathNot: tests },
      to: { path: '^(libs|apps)/', pathNot: '^libs/platform/src/database/index\\.ts$' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle means two files that are one. Move what both need into a third.',
      severity: 'error',
      from: {},
      // Type-only imports are gone at run time.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody imports this file and it imports nothing. Use it or delete it.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          tests,
          '\\.d\\.m?ts$',
          '/main\\.tsx?$',
          '\\.config\\.ts$',
          '^apps/cli/',
          '^apps/dashboard/[^/]+\\.mjs$',
          '^apps/dashboard/public/',
          '^migrations/',
          '^bench/',
        ],
      },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment:
        'This import leads nowhere. Is the name in the imports map of package.json, and the package in its dependencies?',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-packages',
      comment: 'What runs in production must stand under dependencies in package.json.',
      severity: 'error',
      from: { path: '^(libs|migrations|apps/(api|worker))/', pathNot: tests },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'type-only', 'type-import'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/|/generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(__dirname, 'tsconfig.boundaries.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    progress: { type: 'none' },
  },
};
