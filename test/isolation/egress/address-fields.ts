import type { ApiClient } from '../../support/clients/api.client.js';

/** A place where somebody can write an address that AgentFlow might call. */
export interface AddressField {
  /** `body StartExecution.callbackUrl`, `node http.url`, `tool webhook.url`, `credential github.baseUrl`. */
  readonly name: string;
  /** What stands there is anybody's JSON: there may be addresses in it that no schema shows. */
  readonly isFree: boolean;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
}

interface ApiDocument {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[];
            readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Names of fields that are, or hold, addresses. */
const NAMES =
  /(^|[a-z_])(url|uri|href|endpoint|host|hosts|hostname|origin|server|servers|address|webhook|callback|proxy|target)s?$/i;
const FORMATS = new Set(['uri', 'url', 'uri-reference', 'iri', 'hostname', 'ipv4', 'ipv6']);

/**
 * Every field of every feature that takes an address, found in what the server itself says about its inputs: the OpenAPI
 * document, the kinds of nodes, the tools and the kinds of credentials. A new feature comes into this list by itself.
 */
export async function addressFields({ http, url }: ApiClient): Promise<AddressField[]> {
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as ApiDocument;
  const list = async <T>(path: string): Promise<readonly T[]> =>
    (await http.ask<{ data: readonly T[] }>('GET', path)).data;
  const [nodes, tools, credentials] = await Promise.all([
    list<{ kind: string; configSchema: Schema }>('/node-kinds'),
    list<{ name: string; inputSchema: Schema }>('/tools'),
    list<{ kind: string; fields: readonly { name: string; type: string }[] }>('/integrations/kinds'),
  ]);
  const { schemas } = document.components;
  const found = [
    ...inDocument(document),
    ...nodes.flatMap(({ kind, configSchema }) => within(configSchema, `node ${kind}`, schemas).filter(isNoFreeValue)),
    ...tools.flatMap(({ name, inputSchema }) => within(inputSchema, `tool ${name}`, schemas).filter(isNoFreeValue)),
    ...credentials.flatMap(({ kind, fields }) =>
      fields
        .filter(({ name, type }) => type === 'url' || NAMES.test(name))
        .map(({ name }) => ({ name: `credential ${kind}.${name}`, isFree: false })),
    ),
  ];
  return [...new Map(found.map((field) => [field.name, field])).values()];
}

function inDocument({ paths, components: { schemas } }: ApiDocument): AddressField[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters = [], requestBody }]) => [
      ...parameters
        .filter(({ name, schema }) => NAMES.test(name) || FORMATS.has(schema?.format ?? ''))
        .map(({ name, in: where }) => ({ name: `${where} ${method.toUpperCase()} ${path} ${name}`, isFree: false })),
      ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => {
        const name = schema.$ref?.split('/').at(-1) ?? `${method.toUpperCase()} ${path}`;
        return within(schema, `body ${name}`, schemas);
      }),
    ]),
  );
}

function within(
  schema: Schema,
  name: string,
  named: Readonly<Record<string, Schema>>,
  above: ReadonlySet<string> = new Set(),
): AddressField[] {
  if (schema.$ref !== undefined) {
    const key = schema.$ref.split('/').at(-1) ?? '';
    const target = named[key];
    return target === undefined || above.has(key) ? [] : within(target, name, named, new Set([...above, key]));
  }
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const values = schema.additionalProperties;
  return [
    ...parts.flatMap((part) => within(part, name, named, above)),
    ...(schema.items ? within(schema.items, `${name}[]`, named, above) : []),
    ...(typeof values === 'object' && Object.keys(values).length > 0
      ? within(values, `${name}.*`, named, above)
      : isFreeValue(schema)
        ? [{ name, isFree: true }]
        : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([property, each]) => [
      ...(isText(each) && (NAMES.test(property) || FORMATS.has(each.format ?? ''))
        ? [{ name: `${name}.${property}`, isFree: false }]
        : []),
      ...within(each, `${name}.${property}`, named, above),
    ]),
  ];
}

/** An object or array of which no schema says what is in it. */
function isFreeValue({ type, properties, items, additionalProperties, $ref, allOf, anyOf, oneOf }: Schema): boolean {
  if ($ref !== undefined || allOf !== undefined || anyOf !== undefined || oneOf !== undefined) return false;
  const types = type === undefined ? [] : [type].flat();
  if (types.includes('object')) return properties === undefined || additionalProperties === true;
  return types.includes('array') && items === undefined;
}

function isText({ type, items, $ref }: Schema): boolean {
  if ($ref !== undefined) return false;
  const types = [type ?? 'string'].flat();
  return types.includes('string') || (types.includes('array') && (items === undefined || isText(items)));
}

/** What graphs and tools hold beside their own fields is data; their own fields are all in their schemas. */
function isNoFreeValue({ isFree }: AddressField): boolean {
  return !isFree;
}
