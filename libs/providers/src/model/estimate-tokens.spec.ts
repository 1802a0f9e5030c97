import { estimateTokens } from './estimate-tokens.js';

describe('estimateTokens', () => {
  it.each([
    ['', 0],
    ['   \n', 0],
    ['Hello, world!', 6],
    ['Rechnungsnummer', 4],
    ['2026', 2],
    ['你好世界', 4],
    ['👍', 1],
  ])('counts %j as %i', (text, tokens) => expect(estimateTokens(text)).toBe(tokens));

  it('reads a megabyte in no time', () => {
    const startedAt = performance.now();
    estimateTokens('some words and 12 numbers. '.repeat(40_000));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
