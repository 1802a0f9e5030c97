/**
 * Thrown while an expression is compiled: a part of it is outside the compiled subset. JSONata evaluates it then.
 */
export class NotCompiledError extends Error {
  override readonly name = 'NotCompiledError';
}

/**
 * Thrown by compiled code that meets anything unusual: a wrong type, an odd value, too much work. Expressions have no
 * effects, so JSONata evaluates it again from the beginning and gives the exact result or the exact error. Always the
 * same object: making one with a stack trace would cost more than most expressions.
 */
export const HAND_OVER: Error = Object.freeze(new Error('left to JSONata'));

export function handOver(): never {
  throw HAND_OVER;
}
