import type { ApiPropertyOptions } from '@nestjs/swagger';

/** Schema of a field that may hold any JSON value: agents decide what their steps give. */
export function anyJson(description: string): ApiPropertyOptions {
  const json = ['object', 'array', 'string', 'number', 'boolean', 'null'] as const;
  return { description, oneOf: json.map((type) => (type === 'array' ? { type, items: {} } : { type })) };
}
