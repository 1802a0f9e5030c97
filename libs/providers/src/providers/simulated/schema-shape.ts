import type { JsonSchema } from '../../model/json-schema.js';

const MOST_REFERENCES = 12;
/** A schema of a few lines can describe more than memory holds: deep, wide, and referring to itself. */
const MOST_EMPTY_VALUES = 2_000;
const MOST_EMPTY_ITEMS = 100;
const DEEPEST = 12;
const LONGEST_PADDING = 1_000;

/** The schema that a local reference leads to; an empty one when it leads nowhere. */
export function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let current = schema;
  for (let count = 0; typeof current['$ref'] === 'string' && count < MOST_REFERENCES; count++) {
    const path = current['$ref']
      .replace(/^#\/?/, '')
      .split('/')
      .filter((part) => part !== '');
    let target: unknown = root;
    for (const part of path) target = childOf(target, decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~'));
    current = typeof target === 'object' && target !== null ? (target as JsonSchema) : {};
  }
  return current;
}

function childOf(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, name)
    ? (node as JsonSchema)[name]
    : undefined;
}

/** `allOf` folded into one schema: properties and required names are joined, of the rest the last word counts. */
export function merged(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (!Array.isArray(schema['allOf'])) return schema;
  const { allOf, ...own } = schema;
  return [own, ...(allOf as JsonSchema[])].reduce<JsonSchema>((whole, part) => {
    const piece = resolved(part, root);
    return {
      ...whole,
      ...piece,
      properties: { ...(whole['properties'] as object), ...(piece['properties'] as object) },
      required: [...([whole['required'] ?? []].flat() as string[]), ...([piece['required'] ?? []].flat() as string[])],
    };
  }, {});
}

/**
 * The emptiest values that parts of a schema take: null, then nothing, then as little as their bounds allow. One
 * instance fills one answer, so that its bounds hold for the whole of it.
 */
export class EmptyValues {
  private count = 0;

  constructor(private readonly root: JsonSchema) {}

  of(unresolved: JsonSchema, depth = 0): unknown {
    if (++this.count > MOST_EMPTY_VALUES || depth > DEEPEST) return null;
    const schema = merged(resolved(unresolved, this.root), this.root);
    if ('default' in schema) return schema['default'];
    if ('const' in schema) return schema['const'];
    if (Array.isArray(schema['enum'])) return schema['enum'].includes(null) ? null : schema['enum'][0];
    const alternatives = [schema['anyOf'] ?? schema['oneOf'] ?? []].flat() as JsonSchema[];
    if (alternatives.length > 0) {
      const empties = alternatives.map((alternative) => this.of(alternative, depth + 1));
      return empties.includes(null) ? null : empties[0];
    }
    const types = [schema['type'] ?? (schema['properties'] ? 'object' : 'null')].flat();
    return types.includes('null') ? null : this.ofType(types[0], schema, depth + 1);
  }

  private ofType(type: unknown, schema: JsonSchema, depth: number): unknown {
    switch (type) {
      case 'object': {
        const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
        const required = [schema['required'] ?? []].flat() as string[];
        return Object.fromEntries(required.map((name) => [name, this.of(properties[name] ?? {}, depth)]));
      }
      case 'array': {
        const length = Math.min(Number(schema['minItems'] ?? 0), MOST_EMPTY_ITEMS);
        return Array.from({ length }, () => this.of((schema['items'] ?? {}) as JsonSchema, depth));
      }
      case 'boolean':
        return false;
      case 'number':
      case 'integer':
        return emptyNumber(schema);
      default:
        return ''.padEnd(Math.min(Number(schema['minLength'] ?? 0), LONGEST_PADDING), '-');
    }
  }
}

function emptyNumber(schema: JsonSchema): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const least = Math.max(Number(minimum ?? -Infinity), Number(exclusiveMinimum ?? -Infinity) + 1);
  const most = Math.min(Number(maximum ?? Infinity), Number(exclusiveMaximum ?? Infinity) - 1);
  return Math.min(Math.max(0, least), most);
}
