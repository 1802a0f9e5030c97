import { CalculationError } from './calculation-error.js';

interface CalculatorFunction {
  readonly least: number;
  readonly most: number;
  readonly apply: (...values: number[]) => number;
}

const of = (least: number, most: number, apply: CalculatorFunction['apply']): CalculatorFunction => ({
  least,
  most,
  apply,
});
const MANY = 100;

/** A map, because `constructor` and `__proto__` are names too. */
const FUNCTIONS: ReadonlyMap<string, CalculatorFunction> = new Map([
  ['abs', of(1, 1, Math.abs)],
  ['sqrt', of(1, 1, Math.sqrt)],
  ['cbrt', of(1, 1, Math.cbrt)],
  ['floor', of(1, 1, Math.floor)],
  ['ceil', of(1, 1, Math.ceil)],
  ['round', of(1, 2, round)],
  ['exp', of(1, 1, Math.exp)],
  ['ln', of(1, 1, Math.log)],
  ['log', of(1, 2, (value, base = 10) => (base === 10 ? Math.log10(value) : Math.log(value) / Math.log(base)))],
  ['log10', of(1, 1, Math.log10)],
  ['log2', of(1, 1, Math.log2)],
  ['sin', of(1, 1, Math.sin)],
  ['cos', of(1, 1, Math.cos)],
  ['tan', of(1, 1, Math.tan)],
  ['asin', of(1, 1, Math.asin)],
  ['acos', of(1, 1, Math.acos)],
  ['atan', of(1, 1, Math.atan)],
  ['pow', of(2, 2, Math.pow)],
  ['min', of(1, MANY, Math.min)],
  ['max', of(1, MANY, Math.max)],
  ['sum', of(1, MANY, (...values) => values.reduce((total, value) => total + value, 0))],
  ['avg', of(1, MANY, (...values) => values.reduce((total, value) => total + value, 0) / values.length)],
]);

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

export const constantOf = (name: string): number | undefined => CONSTANTS.get(name);

/** @throws CalculationError for a name that is none and a number of values that does not fit */
export function applyFunction(name: string, values: readonly number[], at: number): number {
  const found = FUNCTIONS.get(name);
  if (found === undefined) {
    throw new CalculationError(`there is no function “${name}”; there are ${[...FUNCTIONS.keys()].join(', ')}`, at);
  }
  if (values.length < found.least || values.length > found.most) {
    const expected = found.least === found.most ? `${found.least}` : `${found.least} to ${found.most}`;
    throw new CalculationError(`${name} takes ${expected} values and got ${values.length}`, at);
  }
  return found.apply(...values);
}

function round(value: number, digits = 0): number {
  const places = Math.max(0, Math.min(15, Math.trunc(digits)));
  return Number(`${Math.round(Number(`${value}e${places}`))}e-${places}`);
}
