/** One field of a simple input: what the start node of an agent asks for. */
export interface InputField {
  name: string;
  label: string;
  hint: string | undefined;
  type: 'string' | 'number' | 'boolean';
  options: readonly string[] | null;
  required: boolean;
}

interface PropertySchema {
  type?: unknown;
  title?: string;
  description?: string;
  enum?: unknown[];
}

/** The fields for a start schema, or null when it is too rich for a form (nested, untyped) and JSON is the honest way. */
export function inputFieldsOf(schema: unknown): InputField[] | null {
  const { properties, required = [] } = (schema ?? {}) as {
    properties?: Record<string, PropertySchema>;
    required?: string[];
  };
  if (!properties || Object.keys(properties).length === 0) return null;
  const fields: InputField[] = [];
  for (const [name, property] of Object.entries(properties)) {
    const type = property.type === 'integer' ? 'number' : property.type;
    if (type !== 'string' && type !== 'number' && type !== 'boolean') return null;
    const options = type === 'string' && property.enum ? property.enum.map(String) : null;
    fields.push({
      name,
      label: property.title ?? name,
      hint: property.description,
      type,
      options,
      required: required.includes(name),
    });
  }
  return fields;
}

/** What was typed as the input of a run: numbers as numbers, empty optional fields left out. */
export function inputOf(
  fields: readonly InputField[],
  typed: Record<string, string | boolean>,
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const { name, type, required } of fields) {
    const value = typed[name];
    if (type === 'boolean') input[name] = value === true;
    else if (typeof value === 'string' && (value !== '' || required))
      input[name] = type === 'number' ? Number(value) : value;
  }
  return input;
}
