/** Writes random expressions of the compiled subset, the same for the same seed. */
export class ExpressionGenerator {
  constructor(private state: number) {}

  expression(depth: number): string {
    if (depth <= 0) return this.leaf();
    const inner = (): string => this.expression(depth - 1 - this.below(2));
    const forms: readonly (() => string)[] = [
      () => this.leaf(),
      () => this.path(depth),
      () => this.path(depth),
      () => `(${inner()} ${this.pick(OPERATORS)} ${inner()})`,
      () => `(${inner()} ${this.pick(OPERATORS)} ${inner()})`,
      () => `(${inner()} ? ${inner()}${this.below(2) === 0 ? '' : ` : ${inner()}`})`,
      () => `{"a": ${inner()}, "b": ${inner()}}`,
      () => `[${Array.from({ length: this.below(4) }, inner).join(', ')}]`,
      () => `$${this.pick(FUNCTIONS_OF_ONE)}(${inner()})`,
      () => `$${this.pick(FUNCTIONS_OF_ONE)}(${inner()})`,
      () => `$${this.pick(FUNCTIONS_OF_TWO)}(${inner()}, ${inner()})`,
      () => `($x := ${inner()}; ${this.pick(['$x', '$x[0]', '[$x]', '$x.name', '$count($x)'])})`,
      () => `$${this.pick(['map', 'filter'])}(${inner()}, function($v, $k) { ${this.body(inner)} })`,
      () => `$reduce(${inner()}, function($v, $k) { ${this.body(inner)} })`,
      () => `${this.pick(['-', ''])}(${inner()})${this.decoration(depth)}`,
    ];
    return this.pick(forms)();
  }

  private leaf(): string {
    return this.pick(LEAVES);
  }

  private path(depth: number): string {
    const steps = Array.from({ length: 1 + this.below(3) }, () => this.step(depth) + this.decoration(depth));
    return `${this.pick(['input', 'input', 'input.items', 'steps', '$', '$$.input'])}${this.decoration(depth)}.${steps.join('.')}`;
  }

  private step(depth: number): string {
    if (this.below(6) > 0) return this.pick(NAMES);
    return this.pick([
      () => `(${this.expression(depth - 2)})`,
      () => `{"n": ${this.expression(depth - 2)}}`,
      () => `$string(${this.pick(NAMES)})`,
    ])();
  }

  private decoration(depth: number): string {
    if (this.below(3) > 0) return '';
    const filter = (): string => `[${this.expression(depth - 2)}]`;
    return this.pick([
      () => '[0]',
      () => '[-1]',
      () => '[1]',
      () => '[]',
      () => '[$ > 1]',
      () => '[price > 2]',
      filter,
    ])();
  }

  private body(inner: () => string): string {
    return this.pick([
      () => '$v',
      () => '$v.name',
      () => '$v & $k',
      () => '$v = 1',
      () => '$v + $k',
      () => '[$v]',
      inner,
    ])();
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  /** Mulberry32. */
  private below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }
}

const LEAVES = [
  '1',
  '0',
  '2.5',
  '-1',
  '"a"',
  '""',
  '"12"',
  'true',
  'false',
  'null',
  '$',
  '[]',
  '{}',
  '[1, 2]',
  '[[1], 2]',
].concat([
  'input',
  'input.n',
  'input.text',
  'input.list',
  'input.one',
  'input.none',
  'input.items',
  'input.missing',
  'steps.a',
  '[1..3]',
]);
const NAMES = [
  'text',
  'n',
  'list',
  'one',
  'none',
  'items',
  'name',
  'price',
  'tags',
  'sub',
  'v',
  'a',
  'b',
  'object',
  'missing',
  'nothing',
];
const OPERATORS = ['+', '-', '*', '/', '%', '&', '&', '=', '!=', '<', '<=', '>', '>=', 'and', 'or', 'in'];
const FUNCTIONS_OF_ONE = (
  'sum max min average count exists boolean not string type number length uppercase lowercase trim floor ceil abs sqrt ' +
  'round keys merge reverse join'
).split(' ');
const FUNCTIONS_OF_TWO = 'substring substringBefore substringAfter contains split join round power lookup append'.split(
  ' ',
);
