import { isObject, SchemaProblem, type SchemaObject } from '../schemas/schema-parts.js';
import type { DocumentOperation, OpenApiDocument } from './openapi-document.js';
import type { ParameterPlace } from './operation-definition.js';

const MAX_PARAMETERS = 100;
/** The body's own, and names that arguments must not have. */
const RESERVED = ['body', 'constructor', 'prototype'];
const PLACES = new Set(['path', 'query', 'header']);
/** The specification leaves these to content negotiation and security (3.1.0, 4.8.12.1); the others belong to the connection. */
const NOT_TO_SET = new Set([
  'accept',
  'content-type',
  'authorization',
  'cookie',
  'host',
  'content-length',
  'connection',
]);
const STYLES: Readonly<Record<string, readonly string[]>> = {
  path: ['simple'],
  header: ['simple'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
};

/** A parameter of an operation, with the schema of its value. */
export interface OperationParameter {
  readonly place: ParameterPlace;
  readonly schema: unknown;
  readonly description: string;
  readonly required: boolean;
}

/** The parameters of an operation, under names that models can write. @throws SchemaProblem for what cannot be called */
export function parametersOf(
  document: OpenApiDocument,
  { operation, pathItem, path }: DocumentOperation,
): readonly OperationParameter[] {
  const found = new Map<string, SchemaObject>();
  for (const given of [...listIn(pathItem['parameters']), ...listIn(operation['parameters'])]) {
    const parameter = document.follow(given);
    // What an operation says of a parameter goes before what its path says of it.
    found.set(`${String(parameter['in'])} ${String(parameter['name'])}`, parameter);
  }
  if (found.size > MAX_PARAMETERS) throw new SchemaProblem(`It has more than ${MAX_PARAMETERS} parameters.`);
  const used = [...found.values()].filter(isSent);
  const names = new Set<string>(RESERVED);
  const parameters = used.map((parameter) => parameterOf(parameter, names));
  assertPathIsComplete(path, parameters);
  return parameters;
}

function isSent(parameter: SchemaObject): boolean {
  const { in: place, name, required } = parameter;
  if (typeof name !== 'string' || name === '') return false;
  if (place === 'header' && NOT_TO_SET.has(name.toLowerCase())) return false;
  if (typeof place === 'string' && PLACES.has(place)) return true;
  if (required === true)
    throw new SchemaProblem(`It needs “${name.slice(0, 100)}” as a ${String(place).slice(0, 20)}.`);
  return false;
}

function parameterOf(parameter: SchemaObject, names: Set<string>): OperationParameter {
  const name = parameter['name'] as string;
  const place = parameter['in'] as ParameterPlace['in'];
  const argument = freeArgument(name, place, names);
  names.add(argument);
  const media = isObject(parameter['content']) ? Object.entries(parameter['content'])[0] : undefined;
  const description = typeof parameter['description'] === 'string' ? parameter['description'] : '';
  const common = { description, required: place === 'path' || parameter['required'] === true };
  if (media !== undefined) {
    const [type, value] = media;
    if (!/\bjson\b/i.test(type))
      throw new SchemaProblem(`Its parameter “${name}” is written as ${type.slice(0, 100)}.`);
    const schema = isObject(value) ? value['schema'] : undefined;
    return { ...common, schema, place: { argument, name, in: place, style: 'json', explode: false } };
  }
  const styles = STYLES[place] ?? [];
  const style = (parameter['style'] ?? styles[0]) as ParameterPlace['style'];
  if (!styles.includes(style)) throw new SchemaProblem(`Its parameter “${name}” has the style ${String(style)}.`);
  const explode = typeof parameter['explode'] === 'boolean' ? parameter['explode'] : style === 'form';
  return { ...common, schema: parameter['schema'], place: { argument, name, in: place, style, explode } };
}

/** Letters that every model provider takes in the name of an argument. */
function freeArgument(name: string, place: string, taken: ReadonlySet<string>): string {
  const plain =
    name
      .replaceAll(/[^a-zA-Z0-9_.-]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .slice(0, 60) || place;
  if (!taken.has(plain)) return plain;
  for (let number = 1; ; number++) {
    const argument = `${place}_${plain.slice(0, 48)}${number === 1 ? '' : `_${number}`}`;
    if (!taken.has(argument)) return argument;
  }
}

function assertPathIsComplete(path: string, parameters: readonly OperationParameter[]): void {
  const known = new Set(parameters.filter(({ place }) => place.in === 'path').map(({ place }) => place.name));
  const missing = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name).find((name) => !known.has(name));
  if (missing !== undefined) throw new SchemaProblem(`Its path has “{${missing}}”, which is none of its parameters.`);
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
