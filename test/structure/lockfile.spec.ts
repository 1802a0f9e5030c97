import { pathToFileURL } from 'node:url';
import { read } from './project-files.js';

type Packages = Record<string, { version?: string; resolved?: string; link?: boolean }>;

const { packages } = JSON.parse(read('package-lock.json')) as { packages: Packages };
const { missingOptionalPackages } = (await import(pathToFileURL('.ci/complete-lockfile.mjs').href)) as {
  missingOptionalPackages(packages: Packages): { name: string }[];
};

describe('package-lock.json', () => {
  it('holds the optional packages of every platform, without which npm ci refuses it', () => {
    const fix = 'run: node .ci/complete-lockfile.mjs';
    expect(missingOptionalPackages(packages).map(({ name }) => `${name} is missing: ${fix}`)).toEqual([]);
  });

  it('names no place to download from, so that any registry serves', () => {
    const wrong = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined && !entry.link);
    expect(wrong.map(([path]) => `${path}: remove "resolved" (.npmrc has omit-lockfile-registry-resolved)`)).toEqual(
      [],
    );
  });
});
