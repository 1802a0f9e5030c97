import type { Frame } from './frame.js';
import { handOver } from './not-compiled.js';
import { Sequence } from './sequence.js';
import { booleanOf, push } from './values.js';

/** A function written in the expression, ready to be called; it gets as many arguments as it names. */
export interface Lambda {
  readonly arity: number;
  readonly call: (args: readonly unknown[]) => unknown;
}

type HigherOrder = (list: unknown, lambda: Lambda, frame: Frame, initial?: unknown) => unknown;

/** Those functions that call a function, by name, with the number of their arguments. */
export const HIGHER_ORDER: ReadonlyMap<
  string,
  { readonly arity: readonly [number, number]; readonly call: HigherOrder }
> = new Map([
  ['map', { arity: [2, 2], call: map }],
  ['filter', { arity: [2, 2], call: filter }],
  ['reduce', { arity: [2, 3], call: reduce }],
  ['sort', { arity: [2, 2], call: sort }],
]);

function map(list: unknown, lambda: Lambda, frame: Frame): unknown {
  if (list === undefined) return undefined;
  const items = asList(list);
  const results = new Sequence();
  items.forEach((item, index) => {
    frame.spend(1);
    const result = lambda.call([item, index, items]);
    if (result !== undefined) push(results, result);
  });
  return results;
}

function filter(list: unknown, lambda: Lambda, frame: Frame): unknown {
  if (list === undefined) return undefined;
  const items = asList(list);
  const kept = new Sequence();
  items.forEach((item, index) => {
    frame.spend(1);
    if (booleanOf(lambda.call([item, index, items])) === true) push(kept, item);
  });
  return kept;
}

function reduce(list: unknown, lambda: Lambda, frame: Frame, initial?: unknown): unknown {
  if (list === undefined) return undefined;
  if (lambda.arity < 2) return handOver();
  const items = asList(list);
  const startsWithFirst = initial === undefined && items.length > 0;
  let result = startsWithFirst ? items[0] : initial;
  for (let index = startsWithFirst ? 1 : 0; index < items.length; index++) {
    frame.spend(1);
    result = lambda.call([result, items[index], index, items]);
    frame.weigh(result);
  }
  return result;
}

/** A merge sort that swaps where the function says so, so that even contradicting answers give JSONata's order. */
function sort(list: unknown, lambda: Lambda, frame: Frame): unknown {
  if (list === undefined) return undefined;
  const items = asList(list);
  if (items.length <= 1) return items;
  const mergeSort = (part: readonly unknown[]): readonly unknown[] => {
    if (part.length <= 1) return part;
    const middle = Math.floor(part.length / 2);
    const [left, right] = [mergeSort(part.slice(0, middle)), mergeSort(part.slice(middle))];
    const merged: unknown[] = [];
    let [fromLeft, fromRight] = [0, 0];
    while (fromLeft < left.length && fromRight < right.length) {
      frame.spend(1);
      const swaps = lambda.call([left[fromLeft], right[fromRight]]);
      merged.push(swaps ? right[fromRight++] : left[fromLeft++]);
    }
    return [...merged, ...left.slice(fromLeft), ...right.slice(fromRight)];
  };
  return mergeSort(Array.from(items));
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
