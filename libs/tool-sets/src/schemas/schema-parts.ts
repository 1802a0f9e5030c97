export type SchemaObject = Record<string, unknown>;

/** Why a stranger's schema cannot be used, in words for people. */
export class SchemaProblem extends Error {
  override readonly name = 'SchemaProblem';
}

export function isObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a local reference (`#/components/schemas/Pet`) names in a document. @throws SchemaProblem */
export function resolvePointer(document: unknown, reference: string): unknown {
  if (reference !== '#' && !reference.startsWith('#/')) {
    throw new SchemaProblem(`It refers to another document, “${reference.slice(0, 200)}”: put everything into one.`);
  }
  let found = document;
  for (const segment of reference.split('/').slice(1)) {
    const key = decoded(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    const isThere = typeof found === 'object' && found !== null && Object.hasOwn(found, key);
    if (!isThere) throw new SchemaProblem(`It refers to “${reference.slice(0, 200)}”, which is not in the document.`);
    found = (found as SchemaObject)[key];
  }
  return found;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** References inside one schema, as rewritten schemas have them. */
export const definitionReference = (name: string): string => `#/$defs/${name}`;
export const definitionName = (reference: string): string => reference.slice('#/$defs/'.length);
