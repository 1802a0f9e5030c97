/** Applies a function to a value that may still have to arrive. What is there already is not made to wait. */
export function mapResult<Result>(value: unknown, use: (value: unknown) => Result): Result | Promise<Result> {
  return value instanceof Promise ? value.then(use) : use(value);
}
