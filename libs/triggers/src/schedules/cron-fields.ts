const NICKNAMES: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

const MAX_LENGTH = 200;

/** The five fields of a cron text, nicknames resolved; null when there are not five. */
export function plainFields(cron: string): string[] | null {
  const text = cron.trim();
  // A question mark means "the time at which this was read" to our parser, which is a different schedule in each process.
  if (text.length > MAX_LENGTH || text.includes('?')) return null;
  const fields = (NICKNAMES[text.toLowerCase()] ?? text).split(/\s+/);
  return fields.length === 5 ? fields : null;
}

/**
 * The fields in the one way of writing them that our parser handles by our rules when the clocks change: `*` for every
 * hour, otherwise minutes and hours as lists of numbers, which are named times to it. Fields that are none are left for
 * the parser to complain about.
 */
export function canonicalFields([minute = '', hour = '', ...days]: readonly string[]): string[] {
  const hours = valuesOf(hour, 24);
  if (hours?.length === 24) return [minute, '*', ...days];
  return [valuesOf(minute, 60)?.join(',') ?? minute, hours?.join(',') ?? hour, ...days];
}

/** The numbers below `end` that a field such as `*`, `5`, `1-9/2` or a list of those means; null when it is none. */
export function valuesOf(field: string, end: number): number[] | null {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (!match) return null;
    const [, from, to, step] = match;
    const first = Number(from ?? 0);
    const last = to === undefined ? (from === undefined ? end - 1 : first) : Number(to);
    const every = Number(step ?? 1);
    if (last >= end || first > last || every < 1) return null;
    // A step counts from a range or from everything; "5/10" is refused by the parser.
    if (step !== undefined && from !== undefined && to === undefined) return null;
    for (let value = first; value <= last; value += every) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}
