import { cleanText } from '../clean-text.js';
import { definitionReference, isObject, SchemaProblem, type SchemaObject } from './schema-parts.js';
import { withoutDialectOf30 } from './openapi-30-dialect.js';

/** A shallower outline may do. */
export class TooManyParts extends SchemaProblem {}

/** How much of a schema is kept. */
export interface RewriteOptions {
  /** What a `$ref` names. @throws SchemaProblem */
  readonly resolve: (reference: string) => unknown;
  /** The schema is written in the dialect of OpenAPI 3.0. */
  readonly isOpenApi30?: boolean;
  /** Leaves out properties that only the other side sets, or that it only takes. */
  readonly omit?: 'readOnly' | 'writeOnly';
  /** Deeper parts allow anything. */
  readonly maxDepth: number;
  /** Characters of each description; 0 for none. */
  readonly maxText: number;
  readonly patterns: boolean;
}

const ONE_SCHEMA = new Set(['additionalProperties', 'items', 'not', 'if', 'then', 'else', 'contains', 'propertyNames']);
const SCHEMA_LIST = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const SCHEMAS_BY_NAME = new Set(['properties', 'dependentSchemas']);
const NUMBERS = new Set(
  (
    'minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems minContains ' +
    'maxContains minProperties maxProperties'
  ).split(' '),
);
const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
/** Arguments with these names are refused anyway. */
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);
/** Of the parts of one tool's schemas, before anything is measured. */
const MAX_PARTS = 2_500;

/**
 * Rewrites a stranger's schemas into the JSON Schema that our checks and the models' providers know: references become
 * `$defs` beside them, other dialects become 2020-12, and what no check needs is left out. Definitions are made breadth first, so that
 * each is cut at the depth of its nearest use.
 */
export class SchemaRewriter {
  readonly definitions = new Map<string, SchemaObject>();
  private readonly names = new Map<string, string>();
  private readonly queue: { readonly reference: string; readonly name: string; readonly depth: number }[] = [];
  private parts = 0;

  constructor(private readonly options: RewriteOptions) {}

  /** @throws SchemaProblem for references that lead nowhere */
  rewrite(schema: unknown, depth = 0): SchemaObject {
    if (++this.parts > MAX_PARTS) throw new TooManyParts('it has too many parts');
    // `true` and `false` are schemas; nothing that an argument could be is ruled out by what we cannot read.
    if (schema === false) return { not: {} };
    if (!isObject(schema)) return {};
    const given = this.options.isOpenApi30 ? withoutDialectOf30(schema) : schema;
    if (depth > this.options.maxDepth) return { ...typeOf(given) };
    if (typeof given['$ref'] === 'string') return { ...this.reference(given['$ref'], depth), ...this.text(given) };
    const kept: SchemaObject = { ...typeOf(given), ...this.text(given) };
    const omitted = this.omittedProperties(given);
    for (const [keyword, value] of Object.entries(given)) {
      if (ONE_SCHEMA.has(keyword)) this.keepOne(kept, keyword, value, depth);
      else if (SCHEMA_LIST.has(keyword)) {
        if (Array.isArray(value) && value.length > 0)
          kept[keyword] = value.map((each) => this.rewrite(each, depth + 1));
      } else if (SCHEMAS_BY_NAME.has(keyword) && isObject(value)) {
        const properties = Object.entries(value).filter(([name]) => !omitted.has(name));
        kept[keyword] = Object.fromEntries(properties.map(([name, each]) => [name, this.rewrite(each, depth + 1)]));
      } else if (this.isPlain(keyword, value)) kept[keyword] = value;
    }
    const required = namesIn(given['required']).filter((name) => !omitted.has(name));
    if (required.length > 0) kept['required'] = required;
    if (given['uniqueItems'] === true && Number(given['maxItems']) <= 1_000) kept['uniqueItems'] = true;
    return kept;
  }

  /** Makes the definitions that were referred to, and those that they refer to. @throws SchemaProblem */
  finish(): void {
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
      const target = this.options.resolve(next.reference);
      // A reference to a reference is one level, so that a chain of them ends.
      const isReference = isObject(target) && '$ref' in target;
      this.definitions.set(next.name, this.rewrite(target, isReference ? next.depth + 1 : next.depth));
    }
  }

  private reference(reference: string, depth: number): SchemaObject {
    let name = this.names.get(reference);
    if (name === undefined) {
      name = this.freeName(reference);
      this.names.set(reference, name);
      this.queue.push({ reference, name, depth });
    }
    return { $ref: definitionReference(name) };
  }

  private freeName(reference: string): string {
    const last = reference
      .slice(reference.lastIndexOf('/') + 1)
      .replaceAll(/[^a-zA-Z0-9_.-]+/g, '_')
      .slice(0, 60);
    const taken = new Set(this.names.values());
    const base = last === '' || last === '#' ? 'root' : last;
    for (let number = 1; ; number++) {
      const name = number === 1 ? base : `${base}_${number}`;
      if (!taken.has(name)) return name;
    }
  }

  private keepOne(kept: SchemaObject, keyword: string, value: unknown, depth: number): void {
    // Drafts before 2020-12 write tuples as a list of items.
    if (Array.isArray(value)) kept['prefixItems'] = value.map((each) => this.rewrite(each, depth + 1));
    else if (typeof value === 'boolean') kept[keyword] = value;
    else if (isObject(value)) kept[keyword] = this.rewrite(value, depth + 1);
  }

  private isPlain(keyword: string, value: unknown): boolean {
    if (NUMBERS.has(keyword)) return typeof value === 'number' && Number.isFinite(value);
    if (keyword === 'enum') return Array.isArray(value) && value.length > 0;
    if (keyword === 'pattern') return this.options.patterns && typeof value === 'string';
    if (keyword === 'format') return typeof value === 'string';
    return keyword === 'const' || keyword === 'default';
  }

  private omittedProperties({ properties }: SchemaObject): ReadonlySet<string> {
    const { omit } = this.options;
    const names = isObject(properties) ? Object.entries(properties) : [];
    const isOmitted = (schema: unknown): boolean => {
      if (omit === undefined || !isObject(schema)) return false;
      const target = typeof schema['$ref'] === 'string' ? this.options.resolve(schema['$ref']) : schema;
      return isObject(target) && target[omit] === true;
    };
    return new Set([...FORBIDDEN_NAMES, ...names.filter(([, schema]) => isOmitted(schema)).map(([name]) => name)]);
  }

  /** A description, cut to what is kept of texts. */
  described(text: string): SchemaObject {
    const { maxText } = this.options;
    const kept = maxText === 0 ? '' : cleanText(text, maxText);
    return kept === '' ? {} : { description: kept };
  }

  private text({ description, title }: SchemaObject): SchemaObject {
    return this.described(typeof description === 'string' ? description : typeof title === 'string' ? title : '');
  }
}

function typeOf({ type }: SchemaObject): SchemaObject {
  const types = (Array.isArray(type) ? (type as unknown[]) : [type]).filter(
    (each): each is string => typeof each === 'string' && TYPES.has(each),
  );
  if (types.length === 0) return {};
  return { type: types.length === 1 ? types[0] : [...new Set(types)] };
}

function namesIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return [...new Set(value.filter((each): each is string => typeof each === 'string'))];
}
