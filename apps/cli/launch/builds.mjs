const tests = /\.(spec|int-spec|e2e-spec)\.tsx?$/;

/** What can be built: from which sources, by which tool, into which file, and where the hash of the last successful build is kept. */
export const builds = [
  {
    name: 'server',
    sources: [
      'apps/api/src',
      'apps/worker/src',
      'apps/cli/src',
      'libs',
      'migrations',
      'bench',
      'test/browser',
      'test/faults',
      'test/support',
      'tsconfig.json',
      'package-lock.json',
    ],
    ignored: tests,
    product: 'dist/apps/api/src/main.js',
    stamp: 'dist/.server.sha256',
    // tsc writes only what changed since this file; it must go when the product is gone, or tsc would see nothing to do.
    memory: 'dist/.tsbuildinfo',
    // Types are checked by `npm run check`; not checking them here halves the time to a first start.
    args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noCheck'],
    fix: 'run "npm run check -- types" for the whole list, mend it, and start again',
  },
  {
    name: 'dashboard',
    sources: ['apps/dashboard', 'package-lock.json'],
    ignored: tests,
    product: 'dist/dashboard/index.html',
    stamp: 'dist/.dashboard.sha256',
    args: ['node_modules/vite/bin/vite.js', 'build', '-c', 'apps/dashboard/vite.config.ts'],
    env: { NODE_ENV: 'production' },
    fix: 'mend what Vite names below, and start again',
  },
];
