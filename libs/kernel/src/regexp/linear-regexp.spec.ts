import { LinearRegExp } from './linear-regexp.js';
import { UnsupportedPatternError } from './pattern.js';

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

/** All matches, as JSONata collects them: from the end of the last one. */
function allMatches(expression: RegExp | LinearRegExp, text: string): unknown[] {
  const matches: unknown[] = [];
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
    matches.push([match.index, ...match]);
    if (match[0] === '') expression.lastIndex++;
    if (expression.lastIndex > text.length) break;
  }
  return matches;
}

/** Where a repeated group can match nothing, the two may prefer another one of several possible matches. */
function repeatsSomethingEmpty(source: string): boolean {
  const groups = /\(([^()]*)\)([*+?{]?)/;
  for (let rest = source, group = groups.exec(rest); group !== null; group = groups.exec(rest)) {
    const [text, body = '', quantifier] = group;
    const isEmpty = new RegExp(`^(?:${body.replace('?:', '').replaceAll(/¹|\\b/g, '(?:)')})$`, 'm').test('');
    if (quantifier !== '' && isEmpty) return true;
    rest = rest.replace(text.slice(0, text.length - (quantifier?.length ?? 0)), isEmpty ? '¹' : 'a');
  }
  return false;
}

describe('LinearRegExp', () => {
  it.each([
    [/(\w+)@(\w+)\.com/g, 'ann@example.com, bob@test.com'],
    [/^\s*(-?\d+(?:\.\d+)?)\s*$/gm, ' 12.5 \n-3\nx'],
    [/a|ab|abc/g, 'abcab'],
    [/a+?b*/g, 'aaabbb'],
    [/(a)|(b)/g, 'ab'],
    [/(?:(a)|(b))*/g, 'abba'],
    [/\bword\b/gi, 'Word sword WORDS word'],
    [/[^\d\s]{2,3}/g, 'ab1cde fghi'],
    [/[\w-]+\u0041?/g, 'x-yA z'],
    [/[äöü]/gi, 'ÄöÜß'],
    [/x*/g, 'axxb'],
    [/(?<year>\d{4})-(?<month>\d\d)/g, '2026-11 and 2027-01'],
    [/a{2}|b{1,}|{/g, 'aabbb{'],
    [/[\]\-^]\//g, ']/-/^/'],
  ])('finds with %s what JavaScript finds', (expression, text) => {
    expect(allMatches(new LinearRegExp(expression), text)).toEqual(allMatches(expression, text));
  });

  it('agrees with JavaScript on thousands of generated patterns and texts', () => {
    const next = random(7);
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
    const pattern = (depth: number): string => {
      const atom =
        depth > 0 && next() < 0.4
          ? `(${pick(['', '?:'])}${pattern(depth - 1)})`
          : pick(['a', 'b', 'c', '.', '[ab]', '[^a]', '\\w', '\\d', '\\b', '^', '$']);
      const quantifier =
        /^[\^$\\]/.test(atom) && atom !== '\\w' && atom !== '\\d'
          ? ''
          : pick(['', '', '', '*', '+', '?', '*?', '{1,2}']);
      return atom + quantifier + (next() < 0.5 ? pick(['', '|']) + (depth > 0 ? pattern(depth - 1) : 'c') : '');
    };
    let compared = 0;
    while (compared < 4_000) {
      const source = pattern(2);
      const text = Array.from({ length: Math.floor(next() * 9) }, () => pick(['a', 'b', 'c', '1', '\n'])).join('');
      if (repeatsSomethingEmpty(source)) continue;
      compared++;
      const expression = new RegExp(source, pick(['g', 'gi', 'gm']));
      const native = allMatches(expression, text).map((match) => (match as unknown[]).slice(0, 2));
      const ours = allMatches(new LinearRegExp(expression), text).map((match) => (match as unknown[]).slice(0, 2));
      expect({ source, text, found: ours }).toEqual({ source, text, found: native });
    }
  });

  it.each(['(a+)+$', '^(a|aa)*$', '(.*)*x', '(a|a)*b', '([a-z]+)*!', '(a*)*(a*)*b'])(
    'answers %s on a hostile text at once',
    (source) => {
      const startedAt = performance.now();
      expect(new LinearRegExp(source).exec(`${'a'.repeat(5_000)}?`)).toBeNull();
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    },
  );

  it('gives up with an error instead of working for long', () => {
    const expression = new LinearRegExp(`(?:${'a?'.repeat(500)})*b`);
    expect(() => expression.exec('a'.repeat(100_000))).toThrow(/too much work/);
  });

  it.each(['(?=a)', '(?!a)', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?<x>a)\\k<x>', '(a{1000}){1000}'])(
    'says that %s is not supported',
    (source) => {
      expect(() => new LinearRegExp(source)).toThrow(UnsupportedPatternError);
    },
  );

  it('says that a broken pattern is broken', () => {
    expect(() => new LinearRegExp('(')).toThrow(SyntaxError);
  });
});
