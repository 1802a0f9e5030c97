import { filesUnder, read } from './project-files.js';

const sources = [...filesUnder('libs'), ...filesUnder('apps/api'), ...filesUnder('apps/worker')].filter(
  (path) => path.endsWith('.ts') && !/\.(spec|int-spec)\.ts$|\/testing\//.test(path),
);

/** What graphs and prompts that people start from say is theirs to change. */
const EXAMPLES = /\/templates\/|\/prompts\/src\/content\/prompt-content\.ts$/;

describe('words of ours that a model is told', () => {
  it('have a version beside them, which their generations are recorded with', () => {
    const unversioned = sources.flatMap((path) =>
      [...read(path).matchAll(/^export const ([A-Z_]+_PROMPT) =/gm)]
        .filter(([, name]) => !read(path).includes(`export const ${name}_VERSION = `))
        .map(([, name]) => `${path}: export ${name}_VERSION as well, and name it where ${name} is sent (ownPrompt)`),
    );
    expect(unversioned).toEqual([]);
  });

  it('are written in files of their own', () => {
    const elsewhere = sources.filter(
      (path) => !EXAMPLES.test(path) && /\bsystem: (['"`])[^'"`]{3,}\1/.test(read(path)),
    );
    expect(elsewhere.map((path) => `${path}: move the words into a *-prompt.ts with a version`)).toEqual([]);
  });
});
