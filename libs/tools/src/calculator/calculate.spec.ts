import { calculate } from './calculate.js';

describe('the calculator', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 / 4', 2.5],
    ['10 % 4', 2],
    ['2 ^ 3 ^ 2', 512],
    ['2 ** 10', 1024],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['--3', 3],
    ['3 - -2', 5],
    ['0.1 + 0.2', 0.3],
    ['.5 * 1e3', 500],
    ['1_000_000 / 1_000', 1000],
    ['3 × 4 ÷ 2 − 1', 5],
    ['round(19.99 * 3 * 1.19, 2)', 71.36],
    ['round(2.5)', 3],
    ['round(1.005, 2)', 1.01],
    ['sqrt(16) + max(1, 2, 3) - min(4, 5)', 3],
    ['avg(1, 2, 3, 4)', 2.5],
    ['sum(1)', 1],
    ['log(1000) + ln(e) + log(8, 2)', 7],
    ['PI > 3'.slice(0, 2), 3.14159265358979],
    ['sin(0) + cos(0)', 1],
  ])('%s is %d', (text, value) => {
    expect(calculate(text)).toBeCloseTo(value, 12);
  });

  it.each([
    ['', /number is missing/],
    ['1 +', /number is missing/],
    ['1 2', /follows the end/],
    ['(1', /“\)” is missing/],
    ['1)', /follows the end/],
    ['1 / 0', /divides by zero/],
    ['0 / 0', /no result/],
    ['sqrt(-1)', /no result/],
    ['9 ^ 9 ^ 9', /too large/],
    ['x + 1', /“x”/],
    ['constructor', /“constructor”/],
    ['constructor("return process")', /means nothing/],
    ['__proto__', /means nothing/],
    ['toString()', /no function “tostring”/],
    ['process.exit(1)', /point without digits/],
    ['process(1)', /no function “process”/],
    ['sqrt()', /takes 1 values and got 0/],
    ['pow(1)', /takes 2 values/],
    ['1; 2', /“;” means nothing/],
    ['`1`', /means nothing/],
    ['.', /point without digits/],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, /deeper than 50/],
    [`${'-'.repeat(900)}1`, /deeper than 50/],
    [`${'2^'.repeat(400)}1`, /deeper than 50/],
    ['1'.repeat(2_000), /longer than 1000/],
    [`max(${'1,'.repeat(300)}1)`, /takes 1 to 100 values/],
  ])('does not calculate %j', (text, reason) => {
    expect(() => calculate(text)).toThrow(reason);
  });

  it('says where the fault is', () => {
    expect(() => calculate('1 + $')).toThrow(expect.objectContaining({ at: 4 }) as Error);
  });
});
