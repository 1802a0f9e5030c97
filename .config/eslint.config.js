import { fileURLToPath } from 'node:url';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { housePlugin } from './eslint/house-plugin.js';
import * as zones from './eslint/zones.js';

export default defineConfig([
  { ignores: ['dist/**', 'test-results/**', 'coverage/**', '**/generated/**', '.agentflow/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: zones.sources,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'apps/dashboard/tsconfig.json'],
        tsconfigRootDir: fileURLToPath(new URL('..', import.meta.url)),
      },
    },
    plugins: { house: housePlugin },
    rules: {
      // Steps aside by itself in files with decorators, where a constructor parameter's class must stay a value for Nest to inject it.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/return-await': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'start' }],
      'house/named-exports-only': 'error',
      'house/across-orgs-reason': 'error',
    },
  },
  { files: [...zones.server, ...zones.dashboard], ignores: zones.tests, rules: { 'no-console': 'error' } },
  { files: zones.sources, ignores: zones.environmentReaders, rules: { 'house/no-environment': 'error' } },
  { files: zones.sources, ignores: zones.networkUsers, rules: { 'house/no-outbound-network': 'error' } },
  { files: zones.server, ignores: zones.driverOwners, rules: { 'house/no-bare-driver': 'error' } },
  { files: zones.server, ignores: zones.tests, rules: { 'house/sdk-takes-egress': 'error' } },
  { files: zones.server, ignores: zones.tableOpeners, rules: { 'house/no-bare-repository': 'error' } },
  { files: zones.toolConfigurations, plugins: { house: housePlugin }, rules: { 'house/named-exports-only': 'off' } },
  {
    files: zones.tests,
    rules: {
      // Test clients and fakes handle untyped JSON on purpose; what they assert is checked at run time.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: zones.scripts,
    rules: {
      eqeqeq: 'error',
      'no-unused-vars': 'error',
      'no-undef': 'off',
      'prefer-const': 'error',
      'no-var': 'error',
    },
  },
]);
