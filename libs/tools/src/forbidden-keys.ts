import type { Problem } from '#kernel';

/** Names that mean something in JavaScript: whoever copies an object with one may change every object there is. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 100;

/** One problem for each such name in a value, at any depth that anybody reads. */
export function forbiddenKeyProblems(value: unknown, pointer: string, depth = 0): readonly Problem[] {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  return Object.keys(value).flatMap((key) => {
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (FORBIDDEN.has(key) && !Array.isArray(value)) {
      return [{ pointer: here, code: 'tool.forbidden_key', message: `“${key}” cannot be the name of an argument.` }];
    }
    return forbiddenKeyProblems((value as Record<string, unknown>)[key], here, depth + 1);
  });
}
