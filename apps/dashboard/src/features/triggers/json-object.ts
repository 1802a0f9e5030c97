/** A typed text as a JSON object. @throws Error for people when it is none */
export function readJsonObject(text: string): Record<string, unknown> {
  const value = JSON.parse(text) as unknown;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('Write a JSON object: { … }');
  return value as Record<string, unknown>;
}

/** Why a text is no JSON object; null when it is one. */
export function jsonObjectProblem(text: string): string | null {
  try {
    readJsonObject(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'This is not JSON.';
  }
}

/** An object with an empty value for each field that a start node asks for: something to fill in. */
export function emptyInput(schema: unknown): Record<string, unknown> {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, { type?: unknown } | undefined>;
    required?: string[];
  };
  const empty: Record<string, unknown> = { string: '', number: 0, integer: 0, boolean: false, array: [], object: {} };
  return Object.fromEntries(required.map((name) => [name, empty[String(properties[name]?.type)] ?? null]));
}
