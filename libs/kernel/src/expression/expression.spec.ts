import type { Scope } from '../node-kind.js';
import { StepError } from '../step-error.js';
import { compileExpression } from './expression.js';
import { ExpressionSyntaxError } from './expression-error.js';

const scope: Scope = {
  input: { text: 'hello', list: [1, 2, 3], long: 'a'.repeat(50_000) },
  steps: { size: { length: 5 } },
  vars: { limit: 2 },
};

async function valueOf(source: string, root = scope): Promise<unknown> {
  return await compileExpression(source).evaluate(root);
}

async function failureOf(source: string): Promise<StepError> {
  const error: unknown = await valueOf(source).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StepError);
  return error as StepError;
}

describe('an expression', () => {
  it('answers at once when it is of the frequent sort, and later with the same meaning when it is not', async () => {
    expect(compileExpression('input.list[$ > vars.limit]').evaluate(scope)).toBeUndefined();
    expect(compileExpression('input.list[$ > $$.vars.limit]').evaluate(scope)).toBe(3);
    const later = compileExpression('$replace(input.text, /l+/, "L")').evaluate(scope);
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toBe('heLo');
  });

  it('leaves to JSONata what turns out to be wrong only when it runs, with JSONata’s words and place', async () => {
    const error = await failureOf('input.text + 1');
    expect(error).toMatchObject({ code: 'expression.failed', retryable: false });
    expect(error.message).toMatch(/^The expression “input.text \+ 1” failed: .*"\+".*\(at character \d+\)\.$/);
  });

  it('knows the steps it uses', () => {
    const source =
      'steps.a.x + $$.steps.`b-c` + input.list.(steps.no) + (steps.a; $map([1], function($v) { steps.d }))';
    expect(compileExpression(source).stepIds).toEqual(['a', 'b-c', 'd']);
  });

  it.each([
    '1 +',
    '"open',
    '$eval("1")',
    'x'.repeat(16_385),
    '((((((((a ?? b) ?? c) ?? d) ?? e) ?? f) ?? g) ?? h) ?? i)',
    '$match(input.text, /(a)\\1/)',
  ])('is refused when it cannot be used: %.40s', (source) => {
    expect(() => compileExpression(source)).toThrow(ExpressionSyntaxError);
  });

  it.each([
    'input.constructor',
    'input.__proto__',
    'input.text.constructor',
    'input.list.constructor.constructor',
    'steps.constructor',
    '$lookup(input, "__proto__")',
    'input.toString',
    '$$.`__proto__`.constructor',
    'input["__proto__"].polluted',
  ])('finds nothing behind %s', async (source) => {
    expect(await valueOf(source)).toBeUndefined();
  });

  it.each([
    '{"__proto__": {"polluted": true}}',
    '$merge([{"__proto__": {"polluted": true}}])',
    'input.list.{"constructor": 1}',
    '$each({"__proto__": 1}, function($v, $k) { {$k: $v} })',
  ])('changes no object of ours by %s', async (source) => {
    await valueOf(source).catch(() => undefined);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it.each([
    ['endless recursion', '($f := function($x) { $f($x) + 1 }; $f(1))'],
    ['an endless loop', '($f := function($x) { $f($x) }; $f(1))'],
    ['a huge range', '[1..1000000000]'],
    ['a range in a range', '[1..10000].[1..10000]'],
    ['loops in loops', '$map([1..10000], function($a) { $map([1..10000], function($b) { $a * $b }) })'],
    [
      'texts that double',
      `(${Array.from({ length: 40 }, (_, index) => `$a${index + 1} := ${index === 0 ? 'input.long & input.long' : `$a${index} & $a${index}`}; `).join('')}$a40)`,
    ],
    ['lists that double', '$reduce([1..60], function($list, $i) { $append($list, $list) }, [1, 2, 3])'],
    ['a deep result', '$reduce([1..500], function($deep, $i) { {"a": $deep} }, 1)'],
    ['a deep value in between', '$count($reduce([1..500], function($deep, $i) { {"a": $deep} }, 1))'],
    ['a long padding', '$pad("a", 100000000)'],
  ])('fails within its limits on %s, while others go on working', async (_title, source) => {
    let turns = 0;
    const ticking = setInterval(() => turns++, 5);
    const begin = performance.now();
    const error = await failureOf(source).finally(() => clearInterval(ticking));
    const tookMs = performance.now() - begin;
    expect(error.code).toBe('expression.failed');
    expect(tookMs).toBeLessThan(5_000);
    if (tookMs > 500) expect(turns).toBeGreaterThan(5);
  });

  it.each(['/^(a+)+$/', '/(a|a)*b/', '/(.*a){20}/', '/(x+x+)+y/'])(
    'matches %s in linear time, or fails',
    async (pattern) => {
      const begin = performance.now();
      await valueOf(`$contains(input.long & "!", ${pattern})`).catch((error: unknown) =>
        expect(error).toBeInstanceOf(StepError),
      );
      expect(performance.now() - begin).toBeLessThan(3_000);
    },
  );

  it.each([
    ['$distinct(data)', (n: number) => Array.from({ length: n }, (_, index) => ({ n: index }))],
    ['$sort(data)', (n: number) => Array.from({ length: n }, (_, index) => n - index)],
    ['$spread(data)', (n: number) => Array.from({ length: n }, (_, index) => ({ n: index }))],
  ])('takes no more than a moment for %s over a long list', async (source, makeData) => {
    const begin = performance.now();
    await valueOf(source.replace('data', 'input.data'), { input: { data: makeData(10_000) }, steps: {}, vars: {} });
    expect(performance.now() - begin).toBeLessThan(3_000);
  });

  it.each([
    ['$sort(["b", "a"])', ['a', 'b']],
    ['$sort([3, 1, 2])', [1, 2, 3]],
    ['$distinct([{"a": 1, "b": 2}, {"b": 2, "a": 1}, 1, "1"])', [{ a: 1, b: 2 }, 1, '1']],
    ['$spread([{"a": 1, "b": 2}, 3])', [{ a: 1 }, { b: 2 }, 3]],
    ['$spread({"a": 1, "b": 2})', [{ a: 1 }, { b: 2 }]],
  ])('gives what JSONata gives for %s', async (source, expected) => {
    expect(JSON.parse(JSON.stringify(await valueOf(source)))).toEqual(expected);
  });

  it('never shows the text of a function of ours', async () => {
    expect((await failureOf('$replace("a", "a", $length)')).message).toContain('regular expression');
  });

  it('does not change the data that it reads', async () => {
    const data = { input: { list: [[], [1]], none: [] }, steps: {}, vars: {} };
    const before = JSON.stringify(data);
    for (const source of [
      'input.list.{"a": $}',
      'input.none[]',
      'input.list[]',
      '$sort(input.list, function($a, $b) { true })',
      'input.list{"k": $}',
    ]) {
      await valueOf(source, data).catch(() => undefined);
      expect(JSON.stringify(data)).toBe(before);
      expect(Object.keys(data.input.none)).toEqual([]);
    }
  });
});
