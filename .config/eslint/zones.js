/** Which files a habit concerns. Paths from the project's root. */
export const sources = ['apps/**/*.{ts,tsx}', 'libs/**/*.ts', 'migrations/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'];
export const server = ['apps/{api,worker}/**/*.ts', 'libs/**/*.ts', 'migrations/**/*.ts'];
export const dashboard = ['apps/dashboard/**/*.{ts,tsx}'];
export const tests = ['**/*.{spec,int-spec,e2e-spec,contract}.{ts,tsx}', '**/testing/**', 'test/**', 'bench/**'];
export const scripts = ['apps/cli/**/*.mjs', 'apps/dashboard/*.mjs', '.config/**/*.{js,cjs}'];

/** Tools that ask for a default export, and what describes a package that has one. */
export const toolConfigurations = ['**/*.config.{ts,js}', '.config/**', '**/*.d.ts'];

/** The one place that reads the environment, and the commands that prepare it. */
export const environmentReaders = ['libs/platform/src/config/**', 'apps/cli/**', ...tests, '**/*.config.ts'];

/** The egress door itself, and what listens instead of calling. Add a file only when it cannot reach an address that a user chose. */
export const networkUsers = [
  'libs/platform/src/egress/**',
  'apps/cli/**',
  'apps/dashboard/src/shared/api/http-client.ts',
  'apps/dashboard/src/shared/live/executions-socket.ts',
  ...tests,
];

/** Stores and mail of the operator, whose addresses are settings; and databases of users, connected to by checked address. */
export const driverOwners = [
  'libs/platform/src/{database,events,queue,mail}/**',
  'libs/tools/src/services/database/ask-*.ts',
  'apps/cli/**',
  ...tests,
];

/** Who may hold TypeORM's own handles. */
export const tableOpeners = [
  'libs/tenancy/**',
  'libs/platform/src/database/**',
  'migrations/**',
  'apps/cli/**',
  ...tests,
];
