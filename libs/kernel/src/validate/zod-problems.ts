import type { z } from 'zod';
import { pointer } from '../json/json-pointer.js';
import type { Problem } from '../problem.js';

/** Where a checked value stands in the document, and how to call it in messages. */
export interface Place {
  readonly pointer: string;
  /** For example `Node “sum”`. */
  readonly subject: string;
  readonly nodeId?: string;
}

/** Says in our words, field by field, why a value does not fit its schema. */
export function problemsFromZod(error: z.ZodError, value: unknown, place: Place): Problem[] {
  return error.issues.flatMap(intoTheBranch).flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return problemOf(issue, value, place);
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      const message = `${place.subject} has an unknown field “${path.join('.')}”: remove it or correct its name.`;
      return { ...at(place, path), code: 'graph.unknown_field', message };
    });
  });
}

/** Of a value that may be one of several things, what is wrong with the one that it was meant to be, when that can be told. */
function intoTheBranch(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find(
    (branch) => !branch.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  if (meant === undefined) return [issue];
  return meant.flatMap((inner) => intoTheBranch({ ...inner, path: [...issue.path, ...inner.path] }));
}

function problemOf(issue: z.core.$ZodIssue, value: unknown, place: Place): Problem {
  const field = issue.path.join('.');
  const isMissing = issue.code === 'invalid_type' && valueAt(value, issue.path) === undefined;
  const said = isMissing ? 'is missing' : sayWhatIsWrong(issue);
  const message = field === '' ? `${place.subject} ${said}.` : `${place.subject}: the field “${field}” ${said}.`;
  return { ...at(place, issue.path), code: isMissing ? 'graph.missing_field' : 'graph.invalid_field', message };
}

function sayWhatIsWrong(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${nameOfType(issue.expected)}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1 ? 'must not be empty' : `must have at least ${issue.minimum} characters`;
      if (issue.origin === 'array') return `must have at least ${issue.minimum} entries`;
      return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') return `must have at most ${issue.maximum} characters`;
      if (issue.origin === 'array') return `must have at most ${issue.maximum} entries`;
      return `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_format':
      return issue.format === 'regex' ? `has the wrong form: ${issue.message}` : `must be a ${issue.format}`;
    case 'invalid_key':
      return `has a name of the wrong form: ${issue.issues[0]?.message ?? issue.message}`;
    default:
      return `does not fit: ${issue.message}`;
  }
}

function nameOfType(expected: string): string {
  if (expected === 'record' || expected === 'object') return 'an object';
  if (expected === 'int') return 'a whole number';
  return `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`;
}

function at(place: Place, path: readonly PropertyKey[]): Pick<Problem, 'pointer' | 'nodeId'> {
  return {
    pointer: place.pointer + pointer(...path),
    ...(place.nodeId !== undefined && { nodeId: place.nodeId }),
  };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null ? (part as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}
