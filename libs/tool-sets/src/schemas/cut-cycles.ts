import { definitionName, isObject, type SchemaObject } from './schema-parts.js';

/**
 * Ends every circle of references: where a definition comes to itself again, anything is allowed. Our schemas cannot contain
 * themselves, because checking a value against a stranger's must always end soon.
 * Changes both in place.
 */
export function cutCycles(root: SchemaObject, definitions: ReadonlyMap<string, SchemaObject>): void {
  const done = new Set<string>();
  const open = new Set<string>();

  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    if (!isObject(part)) return;
    if (typeof part['$ref'] === 'string') follow(part, definitionName(part['$ref']));
    for (const [keyword, value] of Object.entries(part)) {
      if (BY_NAME.has(keyword) && isObject(value)) Object.values(value).forEach(visit);
      else if (!DATA.has(keyword)) visit(value);
    }
  };
  const follow = (part: SchemaObject, name: string): void => {
    if (open.has(name)) {
      const { type } = definitions.get(name) ?? {};
      delete part['$ref'];
      if (type !== undefined) part['type'] = type;
      return;
    }
    if (done.has(name)) return;
    open.add(name);
    visit(definitions.get(name));
    open.delete(name);
    done.add(name);
  };
  visit(root);
}

/** Names of what is inside are no keywords. */
const BY_NAME = new Set(['properties', 'dependentSchemas']);
/** Keywords whose values are data, in which `$ref` is a word like any other. */
const DATA = new Set(['default', 'enum', 'const', 'required', 'dependentRequired']);
