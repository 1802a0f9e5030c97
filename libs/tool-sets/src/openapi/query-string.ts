import type { BodyPlace, ParameterPlace } from './operation-definition.js';
import { entriesOf, isAbsent, isParts, written } from './written-value.js';

const MAX_DEPTH = 5;

/** The query of a request, as the styles of its parameters say (OpenAPI 3.1.0, 4.8.12.4); without a question mark. */
export function queryString(places: readonly ParameterPlace[], args: Readonly<Record<string, unknown>>): string {
  return places
    .filter((place) => place.in === 'query' && !isAbsent(args[place.argument]))
    .flatMap((place) => pairsOf(place, args[place.argument]))
    .join('&');
}

/** The text of a URL-encoded form. */
export function formText({ deep = [] }: BodyPlace, body: unknown): string {
  return entriesOf(body)
    .flatMap(([name, value]) => {
      if (Array.isArray(value)) return value.map((each) => pair(name, written(each)));
      return isParts(value) && deep.includes(name) ? deepPairs(name, value) : [pair(name, written(value))];
    })
    .join('&');
}

function pairsOf({ name, style, explode }: ParameterPlace, value: unknown): readonly string[] {
  if (style === 'json') return [pair(name, JSON.stringify(value))];
  if (style === 'deepObject') return isParts(value) ? deepPairs(name, value) : [pair(name, written(value))];
  if (Array.isArray(value)) {
    if (explode) return value.map((each) => pair(name, written(each)));
    const separator = { spaceDelimited: '%20', pipeDelimited: '%7C' }[style as string] ?? ',';
    return [`${encodeURIComponent(name)}=${value.map((each) => encodeURIComponent(written(each))).join(separator)}`];
  }
  if (!isParts(value)) return [pair(name, written(value))];
  const parts = entriesOf(value);
  if (explode) return parts.map(([key, each]) => pair(key, written(each)));
  const flat = parts.flatMap(([key, each]) => [encodeURIComponent(key), encodeURIComponent(written(each))]);
  return [`${encodeURIComponent(name)}=${flat.join(',')}`];
}

/** `filter[state]=open`; the specification says nothing of deeper parts, which servers read in the same way. */
function deepPairs(name: string, value: unknown, depth = 0): readonly string[] {
  if (Array.isArray(value)) return value.map((each) => pair(name, written(each)));
  if (!isParts(value) || depth >= MAX_DEPTH) return [pair(name, written(value))];
  return entriesOf(value).flatMap(([key, each]) => deepPairs(`${name}[${key}]`, each, depth + 1));
}

const pair = (name: string, value: string): string => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
