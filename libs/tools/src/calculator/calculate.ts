import { CalculationError } from './calculation-error.js';
import { applyFunction, constantOf } from './functions.js';
import { type Token, tokensOf } from './tokens.js';

const MAX_LENGTH = 1_000;
const MAX_DEPTH = 50;
/** Beyond these a double says more than it knows: 0.1 + 0.2 is 0.3. */
const DIGITS = 15;

/**
 * The value of an arithmetic expression: + - * / % ^, parentheses, functions and pi and e. Powers bind from the right
 * and before a minus in front (-2 ^ 2 is -4), as on paper. A parser of its own: nothing is ever executed.
 *
 * @throws CalculationError
 */
export function calculate(text: string): number {
  if (text.length > MAX_LENGTH) throw new CalculationError(`it is longer than ${MAX_LENGTH} characters`);
  const value = new Parser(tokensOf(text), text.length).whole();
  if (Number.isNaN(value)) throw new CalculationError('it has no result that is a number');
  if (!Number.isFinite(value)) throw new CalculationError('it divides by zero or its result is too large');
  return Number(value.toPrecision(DIGITS));
}

class Parser {
  private next = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: number,
  ) {}

  whole(): number {
    const value = this.sum();
    const rest = this.tokens[this.next];
    if (rest !== undefined) throw new CalculationError('something follows the end of the calculation', rest.at);
    return value;
  }

  private sum(): number {
    let value = this.product();
    for (;;) {
      if (this.takes('+')) value += this.product();
      else if (this.takes('-')) value -= this.product();
      else return value;
    }
  }

  private product(): number {
    let value = this.signed();
    for (;;) {
      if (this.takes('*')) value *= this.signed();
      else if (this.takes('/')) value /= this.signed();
      else if (this.takes('%')) value %= this.signed();
      else return value;
    }
  }

  private signed(): number {
    return this.nested(() => {
      if (this.takes('-')) return -this.signed();
      if (this.takes('+')) return this.signed();
      return this.power();
    });
  }

  private power(): number {
    const base = this.atom();
    return this.takes('^') ? base ** this.signed() : base;
  }

  private atom(): number {
    const token = this.tokens[this.next++];
    if (token?.type === 'number') return token.value;
    if (token?.type === 'name') return this.named(token);
    if (token?.text === '(') {
      const value = this.nested(() => this.sum());
      this.mustTake(')');
      return value;
    }
    throw new CalculationError('a number is missing', token?.at ?? this.end);
  }

  private named({ text, at }: Token & { readonly type: 'name' }): number {
    const constant = constantOf(text);
    if (constant !== undefined) return constant;
    if (!this.takes('('))
      throw new CalculationError(`“${text}” is neither a number nor a function with parentheses`, at);
    const values: number[] = [];
    if (!this.takes(')')) {
      do values.push(this.nested(() => this.sum()));
      while (this.takes(','));
      this.mustTake(')');
    }
    return applyFunction(text, values, at);
  }

  private nested(parse: () => number): number {
    if (++this.depth > MAX_DEPTH) throw new CalculationError(`it nests deeper than ${MAX_DEPTH} levels`);
    const value = parse();
    this.depth--;
    return value;
  }

  private takes(sign: string): boolean {
    const token = this.tokens[this.next];
    if (token?.type !== 'sign' || token.text !== sign) return false;
    this.next++;
    return true;
  }

  private mustTake(sign: string): void {
    if (!this.takes(sign)) throw new CalculationError(`a “${sign}” is missing`, this.tokens[this.next]?.at ?? this.end);
  }
}
