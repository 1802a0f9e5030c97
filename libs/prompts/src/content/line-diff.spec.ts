import { diffLines } from './line-diff.js';

const SIGNS = { same: ' ', added: '+', removed: '-' };
const told = (before: string, after: string) =>
  diffLines(before, after).map(({ change, text }) => SIGNS[change] + text);

describe('what changed between two texts', () => {
  it('is told line by line, with as much kept as there is in common', () => {
    expect(told('a\nb\nc\nd', 'a\nc\nx\nd')).toEqual([' a', '-b', ' c', '+x', ' d']);
    expect(told('', 'a')).toEqual(['+a']);
    expect(told('a', '')).toEqual(['-a']);
    expect(told('a\r\nb', 'a\nb')).toEqual([' a', ' b']);
  });

  it('leads from the one to the other', () => {
    const before = 'one\ntwo\nthree\ntwo\n\nfour';
    const after = 'two\nthree\n\n\nfive\nfour\nsix';
    const lines = diffLines(before, after);
    const textOf = (...changes: string[]) =>
      lines
        .filter(({ change }) => changes.includes(change))
        .map(({ text }) => text)
        .join('\n');
    expect([textOf('same', 'removed'), textOf('same', 'added')]).toEqual([before, after]);
  });

  it('is bounded for texts of many lines that have nothing in common', () => {
    const [before, after] = ['x\n'.repeat(30_000), 'y\n'.repeat(30_000)];
    expect(diffLines(before, after)).toHaveLength(60_001);
  });
});
