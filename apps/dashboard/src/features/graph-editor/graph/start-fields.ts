import type { SchemaField } from '@/shared/forms/schema-fields';

type Property = Record<string, unknown> & { type?: unknown };
type ObjectSchema = Record<string, unknown> & { properties?: Record<string, Property>; required?: string[] };

/** Writes one field into a schema; whatever else the schema says about it stays. Renames keep the order. */
export function changeStartField(schema: unknown, name: string, field: SchemaField): Record<string, unknown> {
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

function propertyOf(before: Property | undefined, { type, title, description, options }: SchemaField): Property {
  const { title: _title, description: _description, enum: _enum, ...kept } = before?.type === type ? before : {};
  return {
    ...kept,
    type,
    ...(title !== '' && { title }),
    ...(description !== '' && { description }),
    ...(type === 'string' && options.length > 0 && { enum: options }),
  };
}
