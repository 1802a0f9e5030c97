import { isObject, type SchemaObject } from '../schemas/schema-parts.js';
import { documentInvalid } from '../tool-sets.errors.js';
import { parseYaml } from './parse-yaml.js';

/** In UTF-8. */
export const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

/**
 * The OpenAPI document that a text holds, in JSON or YAML.
 * @throws AppError tool_set.document_invalid for what is too large, unreadable, or of another version
 */
export async function readDocument(text: string): Promise<SchemaObject> {
  if (Buffer.byteLength(text) > MAX_DOCUMENT_BYTES) {
    throw documentInvalid(`The document is larger than ${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB.`);
  }
  const document = await parsed(text.replace(/^\uFEFF/, ''));
  if (!isObject(document))
    throw documentInvalid('The text is no OpenAPI document: it must be an object with “openapi”.');
  const { openapi, swagger } = document;
  if (typeof swagger === 'string') {
    throw documentInvalid(`This is Swagger ${swagger.slice(0, 10)}: convert it to OpenAPI 3 first.`);
  }
  if (typeof openapi !== 'string' || !/^3\.[01]\.\d+/.test(openapi)) {
    throw documentInvalid('The document must be OpenAPI 3.0 or 3.1 (“openapi”: “3.1.0”).');
  }
  if (!isObject(document['paths'])) throw documentInvalid('The document has no “paths”.');
  return document;
}

async function parsed(text: string): Promise<unknown> {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      // YAML may begin with a brace too.
      return fromYaml(text, `It is no JSON (${(error as Error).message.slice(0, 200)}), and no YAML`);
    }
  }
  return fromYaml(text, 'It is no YAML');
}

async function fromYaml(text: string, otherwise: string): Promise<unknown> {
  try {
    return await parseYaml(text);
  } catch (error) {
    throw documentInvalid(`The document cannot be read. ${otherwise}: ${(error as Error).message}.`);
  }
}
