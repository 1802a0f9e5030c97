import { exists, filesUnder, foldersIn, read } from './project-files.js';

const sources = [...filesUnder('libs'), ...filesUnder('apps'), ...filesUnder('migrations')].filter((path) =>
  /\.tsx?$/.test(path),
);
/** Specs and what stands in `testing/` for them. */
const isTest = (path: string) => /\.(spec|int-spec|e2e-spec)\.tsx?$|\/testing\//.test(path);

/** Suffix of a file → what it must export. A file that exports one of these under another suffix is found just as well. */
const KINDS = [
  { suffix: '.controller.ts', decorator: '@Controller(' },
  { suffix: '.gateway.ts', decorator: '@WebSocketGateway(' },
  { suffix: '.entity.ts', decorator: '@Entity(' },
  { suffix: '.module.ts', decorator: '@Module(' },
  { suffix: '.processor.ts', decorator: '@Processor(' },
];

describe('conventions of this house', () => {
  it('names a file in kebab-case', () => {
    const wrong = sources.filter((path) => !/^(\d+-)?[a-z0-9]+([.-][a-z0-9]+)*\.tsx?$/.test(path.split('/').at(-1)!));
    expect(told(wrong, 'rename it in kebab-case, after the one thing it exports')).toEqual([]);
  });

  it.each(KINDS)('keeps $decorator…) in *$suffix files and nowhere else', ({ suffix, decorator }) => {
    const wrong = sources.filter(
      (path) =>
        /^(libs|apps\/(api|worker))\//.test(path) &&
        !isTest(path) &&
        !path.endsWith(suffix) &&
        hasLineStartingWith(path, decorator),
    );
    expect(
      told(wrong, `it declares ${decorator}…): rename it to *${suffix} or move that class into such a file`),
    ).toEqual([]);
  });

  it('has no default exports', () => {
    const wrong = sources.filter(
      (path) => !path.endsWith('.config.ts') && /^export default\b|^export \{[^}]*\bas default\b/m.test(read(path)),
    );
    expect(told(wrong, 'export by name')).toEqual([]);
  });

  it('has no rooms for everything', () => {
    const wrong = sources.filter((path) => /\/(utils?|helpers?|commons?|misc)(\/|\.tsx?$)/.test(path));
    expect(told(wrong, 'put it beside its user; #platform takes it when a second domain calls')).toEqual([]);
  });

  it('gives every lib an index.ts, or one per part in the platform', () => {
    const wrong = foldersIn('libs').flatMap((lib) =>
      lib === 'platform'
        ? foldersIn('libs/platform/src')
            .filter((part) => part !== 'testing' && !exists(`libs/platform/src/${part}/index.ts`))
            .map((part) => `libs/platform/src/${part}`)
        : exists(`libs/${lib}/src/index.ts`)
          ? []
          : [`libs/${lib}`],
    );
    expect(told(wrong, 'add src/index.ts with the few names that other libs may use')).toEqual([]);
  });

  it('tells what every lib is for', () => {
    const wrong = foldersIn('libs')
      .map((lib) => `libs/${lib}`)
      .filter(
        (lib) =>
          !exists(`${lib}/README.md`) &&
          !(exists(`${lib}/src/index.ts`) && read(`${lib}/src/index.ts`).startsWith('/**')),
      );
    expect(told(wrong, 'add a README.md of one paragraph, or a docblock at the top of src/index.ts')).toEqual([]);
  });

  it('knows every lib in nest-cli.json', () => {
    const { projects } = JSON.parse(read('nest-cli.json')) as { projects: Record<string, unknown> };
    const wrong = [...foldersIn('libs'), 'api', 'worker'].filter((name) => !(name in projects));
    expect(told(wrong, 'add it under projects in nest-cli.json, like its neighbours')).toEqual([]);
  });

  it('lists every migration in migrations/index.ts, oldest first', () => {
    const files = filesUnder('migrations')
      .filter((path) => /\/\d+-[^/]+\.ts$/.test(path) && !isTest(path))
      .map((path) => `./${path.slice('migrations/'.length, -'.ts'.length)}.js`)
      .sort();
    const listed = [...read('migrations/index.ts').matchAll(/from '(\.\/\d+-[^']+)'/g)].map((match) => match[1]!);
    expect(listed).toEqual(files);
  });

  it('numbers the decisions without a gap', () => {
    const names = filesUnder('docs/decisions')
      .map((path) => path.split('/').at(-1)!)
      .filter((name) => name.endsWith('.md') && name !== 'README.md')
      .sort();
    expect(names.length).toBeGreaterThan(0);
    const wrong = names.filter((name, index) => !name.startsWith(`${String(index + 1).padStart(4, '0')}-`));
    expect(told(wrong, 'name it <four digits>-<sentence>.md in docs/decisions, one number after the last')).toEqual([]);
  });
});

function hasLineStartingWith(path: string, text: string): boolean {
  return read(path)
    .split('\n')
    .some((line) => line.startsWith(text));
}

/** One line per finding, so that a failure reads as instructions. */
function told(paths: string[], fix: string): string[] {
  return paths.map((path) => `${path}: ${fix}`);
}
