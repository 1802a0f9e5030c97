/** Whether JSONata takes a value for a function: it knows its own by these keys, in data too. */
export function isJsonataFunction(value: object): boolean {
  const marks = value as { readonly _jsonata_lambda?: unknown; readonly _jsonata_function?: unknown };
  return marks._jsonata_lambda === true || marks._jsonata_function === true;
}
