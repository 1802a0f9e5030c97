import jsonata from 'jsonata';
import { canReadDatesBy, hasSmallWidths } from './date-picture.js';
import { EXPRESSION_JSON_LIMITS, EXPRESSION_LIMITS } from './expression-limits.js';
import { distinctValues, sortedValues, spreadValues } from './list-values.js';

type NativeFunction = (this: unknown, ...values: unknown[]) => unknown;

/** JSONata's own form of a function, which `assign` binds as it is. */
interface FunctionDefinition {
  readonly implementation: NativeFunction;
  readonly signature: unknown;
}

type BoundedFunction = readonly [name: string, definition: FunctionDefinition];

/** Puts a function around the one that JSONata has, with the same signature. */
async function replaced(name: string, replace: (original: NativeFunction) => NativeFunction): Promise<BoundedFunction> {
  const definition = (await jsonata(`$${name}`).evaluate({})) as FunctionDefinition;
  return [name, { ...definition, implementation: replace(definition.implementation) }];
}

/** Adds, before what JSONata does, a check of the arguments. It throws as JSONata would: an object with code and message. */
function checked(name: string, check: (...values: never[]) => void): Promise<BoundedFunction> {
  return replaced(
    name,
    (original) =>
      function (...values) {
        check(...(values as never[]));
        return original.apply(this, values);
      },
  );
}

/**
 * Replacements for those functions of JSONata of which one single call could occupy the event loop or the memory,
 * whatever limits are set around the call; everything else about them stays as JSONata has it.
 */
export const BOUNDED_FUNCTIONS: readonly BoundedFunction[] = [
  await replaced('eval', () => () => refuse('$eval is not available: write the expression where it is used')),
  await replaced('distinct', () => (values) => distinctValues(values)),
  await replaced(
    'sort',
    (original) =>
      function (values, comparator) {
        const sorted = comparator === undefined && Array.isArray(values) ? sortedValues(values) : undefined;
        return sorted ?? original.call(this, values, comparator);
      },
  ),
  await replaced(
    'spread',
    (original) =>
      function (value) {
        if (!Array.isArray(value) || value.length === 0) return original.call(this, value);
        return spreadValues(value) ?? refuse('$spread would give too many objects');
      },
  ),
  await checked('replace', (_text: unknown, pattern: unknown, replacement: unknown) => {
    // JSONata would put the text of its own JavaScript function in.
    if (typeof pattern === 'string' && typeof replacement === 'function') {
      refuse('$replace takes a function only together with a regular expression');
    }
  }),
  await checked('pad', (_text: unknown, width: number, padding?: string) =>
    refuseText(Math.abs(width) * (padding?.length ?? 1)),
  ),
  await checked('join', (texts?: readonly string[], separator?: string) =>
    refuseText((texts ?? []).reduce((sum, text) => sum + text.length + (separator?.length ?? 0), 0)),
  ),
  await checked('string', (value: unknown, prettify?: boolean) => {
    if (prettify && typeof value === 'object') refuseText(JSON.stringify(value).length * 16);
  }),
  await checked('formatNumber', (_value: unknown, picture?: string) => checkPicture(picture)),
  await checked('formatInteger', (_value: unknown, picture?: string) => checkPicture(picture)),
  await checked('parseInteger', (_text: unknown, picture?: string) => checkPicture(picture)),
  await checked('fromMillis', (_value: unknown, picture?: string) => checkPicture(picture)),
  await checked('toMillis', (text?: string, picture?: string) => {
    checkPicture(picture);
    if (picture === undefined) return;
    if ((text?.length ?? 0) > 200) refuse('A date has at most 200 characters');
    if (!canReadDatesBy(picture)) {
      refuse('Separate the parts of the date picture by a sign, or give them fixed widths as in [Y0001][M01][D01]');
    }
  }),
];

function checkPicture(picture: string | undefined): void {
  if (picture === undefined) return;
  if (picture.length > EXPRESSION_LIMITS.pictureLength || !hasSmallWidths(picture)) {
    refuse(`A picture has at most ${EXPRESSION_LIMITS.pictureLength} characters and widths below 100`);
  }
}

function refuseText(length: number): void {
  if (length > EXPRESSION_JSON_LIMITS.maxBytes) {
    refuse(`The text would be longer than the ${EXPRESSION_JSON_LIMITS.maxBytes} bytes allowed`);
  }
}

function refuse(message: string): never {
  // JSONata adds position and token to what is thrown, so it must be an object of this shape and not frozen.
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- see above
  throw { code: 'AF0001', message };
}
