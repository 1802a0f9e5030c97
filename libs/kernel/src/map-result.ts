/** Applies a function to a value that may still have to arrive. What is there already is not made to wait. */
export function mapResult<Result>(value: unknown, use: (value: unknown) => Result): Result | Promise<Result> {
  return isPromise(value) ? value.then(use) : use(value);
}

/** Also for promises of another realm. Values from JSON have no functions, so none is mistaken. */
export function isPromise<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
