import type { SchemaObject } from './schema-parts.js';

/** What OpenAPI 3.0 writes in its own way, in the words of JSON Schema: `nullable` and exclusive bounds that are true or false. */
export function withoutDialectOf30(schema: SchemaObject): SchemaObject {
  // Beside a reference, 3.0 ignores everything.
  if (typeof schema['$ref'] === 'string') return { $ref: schema['$ref'] };
  const { nullable, ...rest } = withNumericBounds(schema);
  return nullable === true ? orNull(rest) : rest;
}

function withNumericBounds(schema: SchemaObject): SchemaObject {
  const bounded = { ...schema };
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof bounded[exclusive] !== 'boolean') continue;
    const isExclusive = bounded[exclusive] && bounded[bound] !== undefined;
    delete bounded[exclusive];
    if (!isExclusive) continue;
    bounded[exclusive] = bounded[bound];
    delete bounded[bound];
  }
  return bounded;
}

function orNull(schema: SchemaObject): SchemaObject {
  const { type, enum: values } = schema;
  if (typeof type !== 'string') {
    const { description, default: otherwise, ...rest } = schema;
    return {
      ...(description !== undefined && { description }),
      ...(otherwise !== undefined && { default: otherwise }),
      anyOf: [rest, { type: 'null' }],
    };
  }
  const withNull = Array.isArray(values) && !values.includes(null) ? { enum: [...(values as unknown[]), null] } : {};
  return { ...schema, ...withNull, type: [type, 'null'] };
}
