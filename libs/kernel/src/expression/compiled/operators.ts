import { EXPRESSION_LIMITS } from '../expression-limits.js';
import type { Evaluate, Frame } from './frame.js';
import { handOver, NotCompiledError } from './not-compiled.js';
import { Sequence, itemsOf } from './sequence.js';
import { areEqual, booleanOf, isNumber, textOf } from './values.js';

export function compileOperator(operator: unknown, left: Evaluate, right: Evaluate): Evaluate {
  switch (operator) {
    case 'and':
      return (context, frame) => isTrue(left(context, frame)) && isTrue(right(context, frame));
    case 'or':
      return (context, frame) => isTrue(left(context, frame)) || isTrue(right(context, frame));
    case '=':
      return (context, frame) => equals(left(context, frame), right(context, frame), frame) ?? false;
    case '!=':
      return (context, frame) => {
        const isEqual = equals(left(context, frame), right(context, frame), frame);
        return isEqual === undefined ? false : !isEqual;
      };
    case '&':
      return (context, frame) => concatenate(left(context, frame), right(context, frame), frame);
    case 'in':
      return (context, frame) => isIn(left(context, frame), right(context, frame), frame);
    case '..':
      return (context, frame) => range(left(context, frame), right(context, frame), frame);
    default:
      return compileBinary(operator as string, left, right);
  }
}

function compileBinary(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  const calculate = ARITHMETIC[operator];
  if (calculate !== undefined) {
    return (context, frame) => {
      const [first, second] = [left(context, frame), right(context, frame)];
      if (!isNumberOrNothing(first) || !isNumberOrNothing(second)) return handOver();
      return first === undefined || second === undefined ? undefined : calculate(first, second);
    };
  }
  const compare = COMPARISONS[operator];
  if (compare === undefined) throw new NotCompiledError(`operator ${operator}`);
  return (context, frame) => {
    const [first, second] = [left(context, frame), right(context, frame)];
    if (!isComparable(first) || !isComparable(second)) return handOver();
    if (first === undefined || second === undefined) return undefined;
    return typeof first === typeof second ? compare(first, second) : handOver();
  };
}

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

type Comparable = string | number;

const COMPARISONS: Readonly<Record<string, (left: Comparable, right: Comparable) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

function isTrue(value: unknown): boolean {
  return booleanOf(value) === true;
}

function isNumberOrNothing(value: unknown): value is number | undefined {
  return value === undefined || isNumber(value);
}

function isComparable(value: unknown): value is Comparable | undefined {
  return value === undefined || typeof value === 'string' || typeof value === 'number';
}

function equals(left: unknown, right: unknown, frame: Frame): boolean | undefined {
  return left === undefined || right === undefined ? undefined : areEqual(left, right, frame);
}

function concatenate(left: unknown, right: unknown, frame: Frame): string {
  const text = (left === undefined ? '' : textOf(left, frame)) + (right === undefined ? '' : textOf(right, frame));
  frame.spendOnText(text);
  return text;
}

function isIn(value: unknown, list: unknown, frame: Frame): boolean {
  if (value === undefined || list === undefined) return false;
  const items = itemsOf(list);
  frame.spend(items.length);
  return items.some((item) => item === value);
}

function range(first: unknown, last: unknown, frame: Frame): Sequence | undefined {
  if (first === undefined || last === undefined) return undefined;
  if (!Number.isInteger(first) || !Number.isInteger(last)) return handOver();
  const [from, to] = [first as number, last as number];
  if (from > to) return undefined;
  if (to - from >= EXPRESSION_LIMITS.sequence) return handOver();
  frame.spend(to - from);
  const numbers = new Sequence();
  for (let number = from; number <= to; number++) numbers.push(number);
  return numbers;
}
