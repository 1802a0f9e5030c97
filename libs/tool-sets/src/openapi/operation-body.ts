import { isObject, SchemaProblem, type SchemaObject } from '../schemas/schema-parts.js';
import type { OpenApiDocument } from './openapi-document.js';
import type { BodyPlace } from './operation-definition.js';

/** The body of an operation's requests. */
export interface OperationBody {
  readonly place: BodyPlace;
  readonly schema: unknown;
  readonly description: string;
  readonly required: boolean;
}

const isJson = (type: string): boolean => /^(application|text)\/([a-z0-9.+-]+\+)?json\b|^\*\/\*/i.test(type);
const FORM = /^application\/x-www-form-urlencoded\b/i;

/** Null for operations without one. @throws SchemaProblem when it needs a body that cannot be written here */
export function bodyOf(document: OpenApiDocument, operation: SchemaObject): OperationBody | null {
  if (operation['requestBody'] === undefined) return null;
  const body = document.follow(operation['requestBody']);
  const content = isObject(body['content']) ? Object.entries(body['content']) : [];
  if (content.length === 0) return null;
  const required = body['required'] === true;
  const description = typeof body['description'] === 'string' ? body['description'] : '';
  const json = content.find(([type]) => isJson(type));
  if (json !== undefined) {
    const [type, media] = json;
    const contentType = type.startsWith('*') ? 'application/json' : type;
    return {
      description,
      required,
      schema: schemaIn(media),
      place: { argument: 'body', contentType, encoding: 'json' },
    };
  }
  const form = content.find(([type]) => FORM.test(type));
  if (form !== undefined) {
    const [contentType, media] = form;
    const deep = deepFields(media);
    return {
      description,
      required,
      schema: schemaIn(media),
      place: { argument: 'body', contentType, encoding: 'form', deep },
    };
  }
  if (!required) return null;
  const types = content.map(([type]) => type.slice(0, 60)).join(', ');
  throw new SchemaProblem(`Its body is ${types}: only JSON and URL-encoded forms can be sent.`);
}

const schemaIn = (media: unknown): unknown => (isObject(media) ? media['schema'] : undefined);

function deepFields(media: unknown): readonly string[] {
  const encoding = isObject(media) && isObject(media['encoding']) ? media['encoding'] : {};
  return Object.entries(encoding)
    .filter(([, each]) => isObject(each) && each['style'] === 'deepObject')
    .map(([name]) => name)
    .slice(0, 100);
}
