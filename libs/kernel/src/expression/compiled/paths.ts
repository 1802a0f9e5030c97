import type { Evaluate, Frame } from './frame.js';
import { handOver } from './not-compiled.js';
import { itemsOf, Sequence, sequenceOf } from './sequence.js';
import { booleanOf, isNumber, isObject, lookUp, push, pushAll } from './values.js';

/** A step of a path: what it makes of one item, and the filters behind it. */
export interface CompiledStep {
  readonly evaluate: Evaluate;
  readonly filters: readonly Filter[];
}

export type Filter = (items: unknown, frame: Frame) => unknown;

/** `a.b.c` of plain names, by far the most frequent path: no list is made unless the data has one. */
export function compileNames(names: readonly string[], first: Evaluate | undefined): Evaluate {
  const steps = names.map((name): CompiledStep => ({
    evaluate: (item, frame) => lookUp(item, name, frame),
    filters: [],
  }));
  return (context, frame) => {
    let value = first === undefined ? context : first(context, frame);
    for (let index = 0; index < names.length; index++) {
      if (Array.isArray(value)) return followSteps(value, steps, index, frame);
      const name = names[index] as string;
      if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
      value = value[name];
    }
    return value instanceof Sequence ? sequenceOf(value) : value;
  };
}

/** Any other path. It starts from each item of the context, or from the context as a whole when a variable comes first. */
export function compileSteps(
  steps: readonly CompiledStep[],
  startsWithVariable: boolean,
  keepSingleton: boolean,
): Evaluate {
  return (context, frame) => {
    const found = followSteps(startsWithVariable ? [context] : itemsOf(context), steps, 0, frame);
    // JSONata marks the list that it found, even when that is data; a mark on data has no meaning later.
    if (keepSingleton && found instanceof Sequence) found.keepSingleton = true;
    return found;
  };
}

function followSteps(start: readonly unknown[], steps: readonly CompiledStep[], from: number, frame: Frame): unknown {
  let items = start;
  for (let index = from; index < steps.length; index++) {
    items = followStep(items, steps[index] as CompiledStep, index === steps.length - 1, frame);
    if (items.length === 0) break;
  }
  return items;
}

function followStep(items: readonly unknown[], step: CompiledStep, isLast: boolean, frame: Frame): readonly unknown[] {
  frame.spend(items.length);
  const results: unknown[] = [];
  for (const item of items) {
    let result = step.evaluate(item, frame);
    for (const filter of step.filters) result = filter(result, frame);
    if (result !== undefined) push(results, result);
  }
  const [only] = results;
  if (isLast && results.length === 1 && Array.isArray(only) && !(only instanceof Sequence)) return only;
  const flat = new Sequence();
  for (const result of results) {
    if (Array.isArray(result)) pushAll(flat, result);
    else push(flat, result);
  }
  return flat;
}

/** `[3]`: the item at a place, counted from the end when negative. An item that is itself a list comes as it is. */
export function compileIndex(place: number): Filter {
  const wanted = Math.floor(place);
  return (value) => {
    const items = itemsOf(value);
    const item = items[wanted < 0 ? items.length + wanted : wanted];
    if (Array.isArray(item)) return item as unknown[];
    return item === undefined ? new Sequence() : sequenceOf([item]);
  };
}

/** `[price > 3]`: the items for which it is true, or whose places it names. */
export function compileFilter(predicate: Evaluate): Filter {
  return (value, frame) => {
    const items = itemsOf(value);
    frame.spend(items.length);
    const kept = new Sequence();
    items.forEach((item, index) => {
      const answer = predicate(item, frame);
      if (isNumber(answer)) {
        if (isPlace(answer, index, items.length)) push(kept, item);
      } else if (Array.isArray(answer) && answer.every(isNumber)) {
        for (const place of answer) if (isPlace(place, index, items.length)) push(kept, item);
      } else if (booleanOf(answer) === true) {
        push(kept, item);
      }
    });
    return kept;
  };
}

function isPlace(answer: unknown, index: number, length: number): boolean {
  if (typeof answer !== 'number') return handOver();
  const place = Math.floor(answer);
  return (place < 0 ? length + place : place) === index;
}
