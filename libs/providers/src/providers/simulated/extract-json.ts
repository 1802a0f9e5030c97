import { findSchemaProblem } from '../../model/find-schema-problem.js';
import type { JsonSchema } from '../../model/json-schema.js';
import { type Classification, classify, type Label, LEAST_EVIDENCE } from './classify.js';
import { EmptyValues, merged, resolved } from './schema-shape.js';
import { extractArray, type ItemReader } from './extract-array.js';
import { extractBoolean } from './extract-boolean.js';
import { extractNumber } from './extract-number.js';
import { extractString } from './extract-string.js';
import { type Field, fieldOf, nearest } from './field.js';
import { Material } from './material.js';

/** Schemas may refer to themselves; nobody's answer is nested deeper than this. */
const DEEPEST = 12;
const MOST_FIELDS = 1_000;

const OBEYED = new Set(
  `type title description enum const format properties required items additionalProperties minimum maximum exclusiveMinimum
  exclusiveMaximum multipleOf minLength maxLength pattern minItems maxItems default examples anyOf oneOf x-editor`.split(
    /\s+/,
  ),
);

/**
 * Fills a schema from a text. What the text does not hold is null where that is allowed, left out where it is
 * optional, and otherwise the emptiest value that the schema takes.
 */
export function extractJson(schema: JsonSchema, text: string, labels: readonly Label[] = []): unknown {
  const walk = new SchemaWalk(schema);
  const root = fieldOf('', schema);
  const found = walk.find(schema, root, new Material(text, labels), 0);
  return found ?? walk.empty(schema);
}

/** `undefined` means "not found" throughout. */
class SchemaWalk implements ItemReader {
  private count = 0;
  private readonly emptyValues: EmptyValues;

  constructor(private readonly root: JsonSchema) {
    this.emptyValues = new EmptyValues(root);
  }

  empty(schema: JsonSchema): unknown {
    return this.emptyValues.of(schema);
  }

  readItem(schema: JsonSchema, material: Material): unknown {
    return this.find(schema, fieldOf('', schema), material, 1);
  }

  find(unresolved: JsonSchema, field: Field, material: Material, depth: number): unknown {
    if (depth > DEEPEST || ++this.count > MOST_FIELDS) return undefined;
    const schema = merged(resolved(unresolved, this.root), this.root);
    if ('const' in schema) return schema['const'];
    if (Array.isArray(schema['enum'])) return this.findAmong(schema['enum'], field, material);
    const alternatives = [schema['anyOf'] ?? schema['oneOf'] ?? []].flat() as JsonSchema[];
    for (const alternative of alternatives) {
      const found = this.find(alternative, field, material, depth + 1);
      if (found !== undefined && found !== null) return found;
    }
    if (alternatives.length > 0) return undefined;
    return this.findByType(schema, field, material, depth);
  }

  private findByType(schema: JsonSchema, field: Field, material: Material, depth: number): unknown {
    const types = [schema['type'] ?? (schema['properties'] ? 'object' : schema['items'] ? 'array' : 'string')].flat();
    if (types.includes('object')) return this.findObject(schema, field, material, depth);
    if (types.includes('array')) {
      const items = resolved((schema['items'] ?? {}) as JsonSchema, this.root);
      const found = extractArray(field, schema, items, material, this);
      return found.length >= Number(schema['minItems'] ?? 0) ? found : undefined;
    }
    if (types.includes('number') || types.includes('integer')) return extractNumber(field, schema, material);
    if (types.includes('boolean')) return extractBoolean(field, material);
    return types.includes('string') ? extractString(field, schema, material) : undefined;
  }

  private findObject(schema: JsonSchema, parent: Field, material: Material, depth: number): Record<string, unknown> {
    const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
    const required = new Set([schema['required'] ?? []].flat());
    const entries: [string, unknown][] = [];
    for (const [name, property] of Object.entries(properties)) {
      const shape = resolved(property, this.root);
      const field = fieldOf(name, shape, parent);
      const found = this.find(property, field, material, depth + 1);
      if (found !== undefined && this.fits(shape, found)) entries.push([name, found]);
      else if (required.has(name)) entries.push([name, this.likeliest(shape, material) ?? this.empty(property)]);
      else if (acceptsNull(shape)) entries.push([name, null]);
    }
    // A property may be called "__proto__"; from entries it stays one.
    return Object.fromEntries(entries);
  }

  private findAmong(values: readonly unknown[], field: Field, material: Material): unknown {
    const names = values.filter((value): value is string => typeof value === 'string');
    if (names.length === 0) return this.findNumberAmong(values, field, material);
    const best = this.classify(names, material);
    return best.score >= LEAST_EVIDENCE ? best.label : undefined;
  }

  /** A required label has to be guessed even where nothing speaks for any; null is better if it is among them. */
  private likeliest(schema: JsonSchema, material: Material): unknown {
    const values = schema['enum'];
    if (!Array.isArray(values) || values.includes(null)) return undefined;
    const names = values.filter((value): value is string => typeof value === 'string');
    return names.length > 0 ? this.classify(names, material).label : undefined;
  }

  private classify(names: readonly string[], material: Material): Classification {
    const labels = names.map((name) => ({
      name,
      description: material.labels.find((label) => label.name.toLowerCase() === name.toLowerCase())?.description,
    }));
    return classify(material.text, labels);
  }

  private findNumberAmong(values: readonly unknown[], field: Field, material: Material): unknown {
    const candidates = material.numbers.filter((found) => values.includes(found.value));
    return nearest(field, candidates, material)?.value;
  }

  /** Keywords we do not look for are still obeyed: what breaks them was not found. */
  private fits(schema: JsonSchema, value: unknown): boolean {
    if (Object.keys(schema).every((keyword) => OBEYED.has(keyword))) return true;
    const { $defs, definitions } = this.root;
    return (
      findSchemaProblem({ ...schema, ...($defs ? { $defs } : {}), ...(definitions ? { definitions } : {}) }, value) ===
      undefined
    );
  }
}

function acceptsNull(schema: JsonSchema): boolean {
  return [schema['type']].flat().includes('null') || (Array.isArray(schema['enum']) && schema['enum'].includes(null));
}
