/** A search parameter as text; numbers come parsed by the router and are turned back. Empty and absent are the same. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A search parameter that must be one of a few. */
export function oneOf<Value extends string>(allowed: readonly Value[], value: unknown): Value | undefined {
  return allowed.find((each) => each === value);
}

/** A whole number of 1 or more. */
export function count(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

/** The title of a page as browsers and histories show it. */
export function titled(title: string): { meta: { title: string }[] } {
  return { meta: [{ title: `${title} · AgentFlow` }] };
}
