import { resolve } from 'node:path';

/**
 * Jest in ESM mode (Nest 12 is ESM; run with NODE_OPTIONS=--experimental-vm-modules).
 * Projects are chosen by file suffix: .spec (no network), .int-spec (real stores; .services.int-spec needs Postgres and Redis), .e2e-spec (whole processes).
 */
const rootDir = resolve(import.meta.dirname, '..');

const swc = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

const base = {
  rootDir,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: {
    '^#migrations$': '<rootDir>/migrations/index.ts',
    '^#platform/(.*)$': '<rootDir>/libs/platform/src/$1/index.ts',
    '^#([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/apps/dashboard/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  setupFiles: ['reflect-metadata'],
};

export default {
  testSequencer: resolve(import.meta.dirname, 'long-tests-first.js'),
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{libs,apps,migrations,test}/**/*.spec.ts'] },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/{libs,apps,migrations,test}/**/*.int-spec.ts'],
      testPathIgnorePatterns: [...base.testPathIgnorePatterns, '\\.services\\.int-spec\\.ts$'],
    },
    // What cannot do with the embedded database: killed connections, Redis, several processes.
    {
      ...base,
      displayName: 'services',
      testMatch: ['<rootDir>/{libs,apps,migrations,test}/**/*.services.int-spec.ts'],
    },
    {
      ...base,
      displayName: 'end-to-end',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'],
      testPathIgnorePatterns: [...base.testPathIgnorePatterns, '<rootDir>/test/(browser|faults)/'],
    },
    { ...base, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.e2e-spec.ts'] },
    { ...base, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.e2e-spec.ts'] },
  ],
};
