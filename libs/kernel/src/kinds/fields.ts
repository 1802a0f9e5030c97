import { z } from 'zod';

/** Fields that several kinds have. The lengths are bounds on storage; the languages have bounds of their own. */

export function expressionField(title: string, description: string) {
  return z.string().max(16_384).meta({ title, description, 'x-editor': 'expression' });
}

export function templateField(title: string, description: string) {
  return z.string().max(100_000).meta({ title, description, 'x-editor': 'template' });
}

export function jsonSchemaField(title: string, description: string) {
  return z.record(z.string(), z.unknown()).meta({ title, description, 'x-editor': 'json-schema' });
}
