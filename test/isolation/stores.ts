import type { Setup } from '../support/setup.js';

/** Name, set-up and whether it can run here, for `describe.each`: what needs no service always does. */
export const stores: readonly (readonly [string, Setup, boolean])[] = [
  ['PGlite', 'embedded', true],
  [
    process.env['TEST_DATABASE_URL'] ? 'Postgres' : 'Postgres (skipped: TEST_DATABASE_URL is not set)',
    'postgres',
    process.env['TEST_DATABASE_URL'] !== undefined,
  ],
];
