/** What a field of a run's input may be, in the words of JSON Schema. */
export type StartFieldType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';

/** One line of the simple editor for the input of an agent. */
export interface StartField {
  name: string;
  type: StartFieldType;
  title: string;
  description: string;
  required: boolean;
  /** Allowed texts; empty when anything goes. */
  options: string[];
}

type Property = Record<string, unknown> & { type?: unknown; title?: unknown; description?: unknown; enum?: unknown };
type ObjectSchema = Record<string, unknown> & { properties?: Record<string, Property>; required?: string[] };

const TYPES: ReadonlySet<unknown> = new Set<StartFieldType>([
  'string',
  'number',
  'integer',
  'boolean',
  'array',
  'object',
]);

/** The fields of a schema, or null when it says more than lines can show and JSON is the honest way. */
export function startFieldsOf(schema: unknown): StartField[] | null {
  if (schema === undefined) return [];
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return null;
  const { type, properties = {}, required = [] } = schema as ObjectSchema & { type?: unknown };
  if (
    (type !== undefined && type !== 'object') ||
    '$ref' in schema ||
    'anyOf' in schema ||
    'oneOf' in schema ||
    'allOf' in schema
  )
    return null;
  const fields: StartField[] = [];
  for (const [name, property] of Object.entries(properties)) {
    if (typeof property !== 'object' || property === null || !TYPES.has(property.type)) return null;
    const options = property.enum;
    if (options !== undefined && !(property.type === 'string' && isTexts(options))) return null;
    fields.push({
      name,
      type: property.type as StartFieldType,
      title: textOf(property.title),
      description: textOf(property.description),
      required: required.includes(name),
      options: options === undefined ? [] : options,
    });
  }
  return fields;
}

/** Writes one field into a schema; whatever else the schema says about it stays. Renames keep the order. */
export function changeStartField(schema: unknown, name: string, field: StartField): Record<string, unknown> {
  const { properties = {}, required = [], ...rest } = (schema ?? {}) as ObjectSchema;
  const entries = Object.entries(properties);
  const changed: [string, Property] = [field.name, propertyOf(properties[name], field)];
  const next =
    name in properties ? entries.map((entry) => (entry[0] === name ? changed : entry)) : [...entries, changed];
  const others = required.filter((each) => each !== name && each !== field.name);
  const order = next.map(([key]) => key);
  const nextRequired = (field.required ? [...others, field.name] : others).sort(
    (a, b) => order.indexOf(a) - order.indexOf(b),
  );
  return assemble(rest, next, nextRequired);
}

export function removeStartField(schema: unknown, name: string): Record<string, unknown> {
  const { properties = {}, required = [], ...rest } = (schema ?? {}) as ObjectSchema;
  return assemble(
    rest,
    Object.entries(properties).filter(([key]) => key !== name),
    required.filter((each) => each !== name),
  );
}

function assemble(
  rest: Record<string, unknown>,
  properties: [string, Property][],
  required: string[],
): Record<string, unknown> {
  return {
    ...rest,
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
  };
}

function propertyOf(before: Property | undefined, { type, title, description, options }: StartField): Property {
  const { title: _title, description: _description, enum: _enum, ...kept } = before?.type === type ? before : {};
  return {
    ...kept,
    type,
    ...(title !== '' && { title }),
    ...(description !== '' && { description }),
    ...(type === 'string' && options.length > 0 && { enum: options }),
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
