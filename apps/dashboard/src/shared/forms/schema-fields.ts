/** What a field of a form may hold, in the words of JSON Schema. */
export type SchemaFieldType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';

/** One line of a form that is made from a JSON Schema: the input of a run, the answer to an approval. */
export interface SchemaField {
  name: string;
  type: SchemaFieldType;
  title: string;
  description: string;
  required: boolean;
  /** Allowed texts; empty when anything goes. */
  options: string[];
}

/** What somebody typed: text, or on and off. */
export type TypedValues = Record<string, string | boolean>;

type Property = Record<string, unknown> & { type?: unknown; title?: unknown; description?: unknown; enum?: unknown };

const TYPES: ReadonlySet<unknown> = new Set<SchemaFieldType>([
  'string',
  'number',
  'integer',
  'boolean',
  'array',
  'object',
]);

/** The fields of a schema, or null when it says more than lines can show and JSON is the honest way. */
export function schemaFieldsOf(schema: unknown): SchemaField[] | null {
  if (schema === undefined || schema === null) return [];
  if (typeof schema !== 'object' || Array.isArray(schema)) return null;
  const {
    type,
    properties = {},
    required = [],
  } = schema as {
    type?: unknown;
    properties?: Record<string, Property>;
    required?: string[];
  };
  if (
    (type !== undefined && type !== 'object') ||
    '$ref' in schema ||
    'anyOf' in schema ||
    'oneOf' in schema ||
    'allOf' in schema
  )
    return null;
  const fields: SchemaField[] = [];
  for (const [name, property] of Object.entries(properties)) {
    if (typeof property !== 'object' || property === null || !TYPES.has(property.type)) return null;
    const options = property.enum;
    if (options !== undefined && !(property.type === 'string' && isTexts(options))) return null;
    fields.push({
      name,
      type: property.type as SchemaFieldType,
      title: textOf(property.title),
      description: textOf(property.description),
      required: required.includes(name),
      options: options === undefined ? [] : options,
    });
  }
  return fields;
}

/** What people call a field. */
export function fieldLabel({ title, name }: Pick<SchemaField, 'title' | 'name'>): string {
  return title || name;
}

/** Whether a field that has to be filled in is not. On and off are both an answer. */
export function isMissing({ name, type, required }: SchemaField, typed: TypedValues): boolean {
  return required && type !== 'boolean' && (typed[name] ?? '') === '';
}

/** What was typed as JSON: numbers as numbers, empty optional fields left out. @throws SyntaxError for a list or object that is not JSON */
export function valuesOf(fields: readonly SchemaField[], typed: TypedValues): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, type, required } of fields) {
    const value = typed[name];
    if (type === 'boolean') {
      if (required || value === true) values[name] = value === true;
      continue;
    }
    const text = typeof value === 'string' ? value : '';
    if (text === '' && (!required || type !== 'string')) continue;
    values[name] =
      type === 'string' ? text : type === 'array' || type === 'object' ? (JSON.parse(text) as unknown) : Number(text);
  }
  return values;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
