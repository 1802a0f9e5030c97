import { cleanText } from '../clean-text.js';
import { fitSchema } from '../schemas/fit-schema.js';
import { isObject, SchemaProblem, type SchemaObject } from '../schemas/schema-parts.js';
import type { SchemaRewriter } from '../schemas/schema-rewriter.js';
import type { LeftOutTool, OfferedTool } from '../tool-set-adapter.js';
import { type DocumentOperation, type OpenApiDocument, serverUrl } from './openapi-document.js';
import { bodyOf, type OperationBody } from './operation-body.js';
import { type OperationDefinition, TOOL_METHODS, type ToolMethod } from './operation-definition.js';
import { type OperationParameter, parametersOf } from './operation-parameters.js';

const MAX_DESCRIPTION = 2_000;
const MAX_PATH = 1_000;
/** A service must bear these twice (RFC 9110, 9.2.2). */
const REPEATABLE = new Set<string>(['GET', 'HEAD', 'PUT', 'DELETE']);

/** What can be told of an operation without looking at its schemas. */
export interface OperationParts {
  readonly method: ToolMethod;
  readonly parameters: readonly OperationParameter[];
  readonly body: OperationBody | null;
}

/** @throws SchemaProblem with the reason when the operation cannot be a tool */
export function partsOf(document: OpenApiDocument, found: DocumentOperation): OperationParts {
  const { method, path, operation, pathItem } = found;
  if (!isToolMethod(method)) throw new SchemaProblem(`The method ${method} does nothing that a tool could.`);
  if (!path.startsWith('/') || path.length > MAX_PATH || /(^|\/)\.{1,2}(\/|$)|[?#\\]/.test(path)) {
    throw new SchemaProblem('Its path is none that can be called.');
  }
  assertServedWithTheOthers(document, operation['servers'] ?? pathItem['servers']);
  return { method, parameters: parametersOf(document, found), body: bodyOf(document, operation) };
}

/** The effect of an operation as its method promises it. */
export const effectOf = (method: string): 'read' | 'write' => (/^(GET|HEAD)$/.test(method) ? 'read' : 'write');

/** An operation as a tool: its parameters and its body are the arguments, side by side. */
export function toolOf(document: OpenApiDocument, found: DocumentOperation): OfferedTool | LeftOutTool {
  const { remoteName, path, operation } = found;
  try {
    const parts = partsOf(document, found);
    const definition: OperationDefinition = {
      method: parts.method,
      path,
      parameters: parts.parameters.map(({ place }) => place),
      body: parts.body?.place ?? null,
    };
    return {
      remoteName,
      description: descriptionOf(found),
      inputSchema: inputSchemaOf(document, parts),
      outputSchema: outputSchemaOf(document, operation),
      effect: effectOf(parts.method),
      repeatable: REPEATABLE.has(parts.method),
      definition: { ...definition },
    };
  } catch (error) {
    if (!(error instanceof SchemaProblem)) throw error;
    return { remoteName, reason: error.message };
  }
}

function descriptionOf({ operation, method, path }: DocumentOperation): string {
  const { summary, description } = operation;
  const texts = [summary, description].filter((text): text is string => typeof text === 'string' && text.trim() !== '');
  return cleanText([...new Set(texts)].join('\n\n'), MAX_DESCRIPTION) || `${method} ${path}`;
}

function inputSchemaOf(document: OpenApiDocument, { parameters, body }: OperationParts): SchemaObject {
  const named = [
    ...parameters.map((parameter) => ({ ...parameter, argument: parameter.place.argument })),
    ...(body === null ? [] : [{ ...body, argument: body.place.argument }]),
  ];
  const resolve = (reference: string): unknown => document.resolve(reference);
  const build = (rewriter: SchemaRewriter): SchemaObject => {
    const properties = Object.fromEntries(
      named.map(({ argument, schema, description }) => {
        const rewritten = rewriter.rewrite(schema, 1);
        const text = description === '' ? {} : rewriter.described(description);
        return [argument, { ...rewritten, ...text }];
      }),
    );
    const required = named.filter((each) => each.required).map(({ argument }) => argument);
    return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false };
  };
  return fitSchema({ resolve, isOpenApi30: document.is30, omit: 'readOnly' }, build);
}

/** Of the first good answer in JSON; what it says is told to people, never checked. */
function outputSchemaOf(document: OpenApiDocument, operation: SchemaObject): SchemaObject | null {
  try {
    const responses = isObject(operation['responses']) ? operation['responses'] : {};
    const good = Object.keys(responses).find((status) => /^2(\d\d|XX)$/.test(status));
    const { content } = good === undefined ? {} : document.follow(responses[good]);
    const [, media] = Object.entries(isObject(content) ? content : {}).find(([type]) => /\bjson\b/i.test(type)) ?? [];
    if (!isObject(media) || media['schema'] === undefined) return null;
    const resolve = (reference: string): unknown => document.resolve(reference);
    const options = { resolve, isOpenApi30: document.is30, omit: 'writeOnly' } as const;
    return fitSchema(options, (rewriter) => rewriter.rewrite(media['schema']));
  } catch (error) {
    if (!(error instanceof SchemaProblem)) throw error;
    return null;
  }
}

/** A set has one address. An operation that is served at another one would be called at the wrong place. */
function assertServedWithTheOthers(document: OpenApiDocument, servers: unknown): void {
  const [own] = Array.isArray(servers) ? (servers as unknown[]) : [];
  const url = serverUrl(own);
  if (url === undefined || url === document.baseUrl()) return;
  throw new SchemaProblem(
    `It is served at an address of its own, ${new URL(url).host}: import it as a set of its own.`,
  );
}

const isToolMethod = (method: string): method is ToolMethod => TOOL_METHODS.some((each) => each === method);
