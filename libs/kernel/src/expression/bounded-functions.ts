import jsonata from 'jsonata';
import { canReadDatesBy, hasSmallWidths } from './date-picture.js';
import { distinctValues } from './distinct-values.js';
import { EXPRESSION_JSON_LIMITS, EXPRESSION_LIMITS } from './expression-limits.js';

type NativeFunction = (this: unknown, ...values: unknown[]) => unknown;

interface BoundedFunction {
  readonly name: string;
  readonly signature: string;
  readonly implementation: NativeFunction;
}

/** Adds, after a check of the arguments, what JSONata itself does. The check throws what JSONata would throw: a code and a message. */
async function bounded(name: string, signature: string, check: (...values: never[]) => void): Promise<BoundedFunction> {
  const definition = (await jsonata(`$${name}`).evaluate({})) as { implementation: NativeFunction };
  return {
    name,
    signature,
    implementation(...values) {
      check(...(values as never[]));
      return definition.implementation.apply(this, values);
    },
  };
}

/**
 * Replacements for those functions of JSONata of which one single call could occupy the event loop or the memory,
 * whatever limits are set around the call; everything else about them stays as JSONata has it.
 */
export const BOUNDED_FUNCTIONS: readonly BoundedFunction[] = [
  {
    name: 'eval',
    signature: '<sx?:x>',
    implementation: () => refuse('$eval is not available: write the expression where it is used'),
  },
  { name: 'distinct', signature: '<x:x>', implementation: (values) => distinctValues(values) },
  await bounded('pad', '<s-ns?:s>', (_text: unknown, width: number, padding?: string) =>
    refuseText(Math.abs(width) * (padding?.length ?? 1)),
  ),
  await bounded('join', '<a<s>s?:s>', (texts?: readonly string[], separator?: string) =>
    refuseText((texts ?? []).reduce((sum, text) => sum + text.length + (separator?.length ?? 0), 0)),
  ),
  await bounded('string', '<x-b?:s>', (value: unknown, prettify?: boolean) => {
    if (prettify && typeof value === 'object') refuseText(JSON.stringify(value).length * 16);
  }),
  await bounded('formatNumber', '<n-so?:s>', (_value: unknown, picture?: string) => checkPicture(picture)),
  await bounded('formatInteger', '<n-s:s>', (_value: unknown, picture?: string) => checkPicture(picture)),
  await bounded('parseInteger', '<s-s:n>', (_text: unknown, picture?: string) => checkPicture(picture)),
  await bounded('fromMillis', '<n-s?s?:s>', (_value: unknown, picture?: string) => checkPicture(picture)),
  await bounded('toMillis', '<s-s?:n>', (text?: string, picture?: string) => {
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
