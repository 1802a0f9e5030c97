const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/** What `npm run check` looks at, the slow ones first because two run at a time. Each `fix` says what to do about a finding. */
export const checks = [
  {
    name: 'lint',
    args: ['node_modules/eslint/bin/eslint.js', '-c', '.config/eslint.config.js', '--max-warnings', '0', '.'],
    fix: 'each message says what to do instead; "npm run lint -- --fix" mends the mechanical ones',
  },
  {
    name: 'types',
    args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit', '--incremental', 'false'],
    fix: 'mend the types of the server',
  },
  {
    name: 'unit',
    args: [
      ...jest,
      '-c',
      '.config/jest.config.js',
      '--selectProjects',
      'unit',
      '-w',
      '2',
      '--testTimeout=30000',
      '--silent',
    ],
    fix: 'run one file with: npm test -- unit <part of its path>',
  },
  {
    name: 'types:dashboard',
    args: ['node_modules/typescript/bin/tsc', '-p', 'apps/dashboard/tsconfig.json', '--noEmit'],
    fix: 'mend the types of the dashboard',
  },
  {
    name: 'boundaries',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--output-type', 'err-long', '--config'],
      '.config/dependency-cruiser.cjs',
      ...['apps', 'libs', 'migrations', 'test', 'bench'],
    ],
    fix: 'follow the comment of the broken rule in .config/dependency-cruiser.cjs; a new edge between domains is a decision in docs/decisions',
  },
  {
    name: 'dead-code',
    args: ['node_modules/knip/bin/knip.js', '-c', '.config/knip.json', '--no-progress'],
    fix: 'delete what nobody uses, or use it',
  },
  {
    name: 'format',
    args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
    fix: 'npm run format',
  },
];
