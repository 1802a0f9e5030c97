/** Inclusive ranges of UTF-16 code units, as `[first, last]` pairs. */
export type CodeRange = readonly [number, number];

export const DIGITS: readonly CodeRange[] = [[0x30, 0x39]];
export const WORD_CHARACTERS: readonly CodeRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
export const WHITE_SPACE: readonly CodeRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
export const LINE_ENDS: readonly CodeRange[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

/** Everything that the ranges leave out. */
export function complement(ranges: readonly CodeRange[]): CodeRange[] {
  const result: CodeRange[] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort(([left], [right]) => left - right)) {
    if (first > next) result.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= 0xffff) result.push([next, 0xffff]);
  return result;
}

/** A question about one character. ASCII is answered from a table. */
export class CharacterSet {
  private readonly table = new Uint8Array(128);

  constructor(
    private readonly ranges: readonly CodeRange[],
    private readonly negated: boolean,
    private readonly ignoreCase: boolean,
  ) {
    for (let code = 0; code < this.table.length; code++) this.table[code] = this.find(code) ? 1 : 0;
  }

  has(code: number): boolean {
    return code < 128 ? this.table[code] === 1 : this.find(code);
  }

  private find(code: number): boolean {
    const found = this.contains(code) || (this.ignoreCase && otherCases(code).some((other) => this.contains(other)));
    return found !== this.negated;
  }

  private contains(code: number): boolean {
    return this.ranges.some(([first, last]) => code >= first && code <= last);
  }
}

/** The other letters that JavaScript takes for the same under the `i` flag: upper and lower case of one code unit each. */
function otherCases(code: number): number[] {
  const letter = String.fromCharCode(code);
  return [letter.toUpperCase(), letter.toLowerCase()]
    .filter((other) => other.length === 1 && (code < 128 || other.charCodeAt(0) >= 128))
    .map((other) => other.charCodeAt(0));
}
