import { pointer } from '../json/json-pointer.js';
import type { Problem } from '../problem.js';

/** Keywords whose value is one schema, a list of schemas, or schemas by name. */
const ONE_SCHEMA = new Set(['additionalProperties', 'items', 'not', 'if', 'then', 'else', 'contains', 'propertyNames']);
const SCHEMA_LIST = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const SCHEMAS_BY_NAME = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);
const PLAIN = new Set(
  (
    'type enum const title description default examples format pattern required minLength maxLength minimum maximum ' +
    'exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems minContains maxContains minProperties ' +
    'maxProperties dependentRequired readOnly writeOnly deprecated $comment $schema $ref'
  ).split(' '),
);

const MAX_SCHEMAS = 2_000;
const MAX_UNIQUE_ITEMS = 1_000;

/**
 * What our JSON Schemas leave out of the standard so that checking a value against a stranger's schema always ends
 * soon: references to elsewhere and to themselves, identity keywords, and growth by references to references.
 * Pointers are relative to the schema.
 */
export function findSchemaRuleProblems(schema: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const sizes = new Map<unknown, number>();
  const open = new Set<unknown>();

  /** How many schemas this one is when all references are written out. */
  const visit = (part: unknown, at: string): number => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return 1;
    const known = sizes.get(part);
    if (known !== undefined) return known;
    if (open.has(part)) {
      problems.push({
        pointer: at,
        code: 'schema.recursive',
        message: 'A schema cannot contain itself: write the levels out.',
      });
      return 1;
    }
    open.add(part);
    let size = 1;
    for (const [keyword, value] of Object.entries(part)) {
      const inner = at + pointer(keyword);
      if (ONE_SCHEMA.has(keyword)) size += visit(value, inner);
      else if (SCHEMA_LIST.has(keyword))
        size += sum(asArray(value), (item, index) => visit(item, inner + pointer(index)));
      else if (SCHEMAS_BY_NAME.has(keyword)) {
        size += sum(Object.entries(asObject(value)), ([name, item]) => visit(item, inner + pointer(name)));
      } else if (keyword === '$ref') size += visitReference(value, inner);
      else if (!PLAIN.has(keyword)) {
        problems.push({
          pointer: inner,
          code: 'schema.unknown_keyword',
          message: `“${keyword}” is not a keyword that AgentFlow supports: remove it.`,
        });
      }
    }
    if ('uniqueItems' in part && part.uniqueItems === true && !isSmall(part)) {
      const message = `uniqueItems needs maxItems of at most ${MAX_UNIQUE_ITEMS} beside it.`;
      problems.push({ pointer: `${at}/uniqueItems`, code: 'schema.too_large', message });
    }
    open.delete(part);
    sizes.set(part, size);
    return size;
  };

  const visitReference = (reference: unknown, at: string): number => {
    const target = typeof reference === 'string' ? resolveReference(schema, reference) : undefined;
    if (target !== undefined) return visit(target, at);
    const message = `$ref can only point to a definition in the same schema, for example "#/$defs/address".`;
    problems.push({ pointer: at, code: 'schema.foreign_reference', message });
    return 1;
  };

  if (visit(schema, '') > MAX_SCHEMAS) {
    const message = `The schema is larger than ${MAX_SCHEMAS} parts when its references are written out: simplify it.`;
    problems.push({ pointer: '', code: 'schema.too_large', message });
  }
  return problems;
}

function resolveReference(root: unknown, reference: string): unknown {
  const match = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(reference);
  if (match === null) return undefined;
  const [, container = '', name = ''] = match;
  const definitions = asObject(asObject(root)[container]);
  const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
  return Object.hasOwn(definitions, key) ? definitions[key] : undefined;
}

function isSmall(part: object): boolean {
  return 'maxItems' in part && typeof part.maxItems === 'number' && part.maxItems <= MAX_UNIQUE_ITEMS;
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function sum<Item>(items: readonly Item[], size: (item: Item, index: number) => number): number {
  return items.reduce((total, item, index) => total + size(item, index), 0);
}
