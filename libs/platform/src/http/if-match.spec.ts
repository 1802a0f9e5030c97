import { readIfMatch } from './if-match.js';

describe('If-Match', () => {
  it.each([
    [undefined, null],
    ['*', null],
    ['"7"', 7],
    [' W/"12" ', 12],
  ])('%j asks for revision %j', (header, revision) => {
    expect(readIfMatch(header)).toBe(revision);
  });

  it.each(['7', '"abc"', '', '"1", "2"', '"99999999999"'])('%j is no tag of ours and matches nothing', (header) => {
    expect(readIfMatch(header)).toBe(0);
  });
});
