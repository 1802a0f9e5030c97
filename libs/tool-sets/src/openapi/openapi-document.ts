import { cleanText } from '../clean-text.js';
import { isObject, resolvePointer, SchemaProblem, type SchemaObject } from '../schemas/schema-parts.js';

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'];
const MAX_OPERATIONS = 2_000;
const MAX_HOPS = 10;
const MAX_REMOTE_NAME = 200;

/** One operation as it stands in the document. */
export interface DocumentOperation {
  /** Its operationId, or method and path where it has none of its own. */
  readonly remoteName: string;
  /** In upper case. */
  readonly method: string;
  readonly path: string;
  readonly operation: SchemaObject;
  /** What its path says for all methods. */
  readonly pathItem: SchemaObject;
}

/** An OpenAPI 3 document whose local references can be followed. */
export class OpenApiDocument {
  /** Its schemas are written in a dialect of their own. */
  readonly is30: boolean;

  constructor(private readonly document: SchemaObject) {
    this.is30 = String(document['openapi']).startsWith('3.0');
  }

  get title(): string {
    const { info } = this.document;
    return isObject(info) && typeof info['title'] === 'string' ? cleanText(info['title'], 120) : '';
  }

  /** What a reference names. @throws SchemaProblem when it is in another document, or nowhere */
  resolve(reference: string): unknown {
    return resolvePointer(this.document, reference);
  }

  /** The object itself, or what it refers to. @throws SchemaProblem */
  follow(value: unknown): SchemaObject {
    let found = value;
    for (let hops = 0; isObject(found) && typeof found['$ref'] === 'string'; hops++) {
      if (hops >= MAX_HOPS) throw new SchemaProblem('Its references lead in a circle.');
      found = this.resolve(found['$ref']);
    }
    return isObject(found) ? found : {};
  }

  /** All of them, at most two thousand, in the order of the document. */
  operations(): readonly DocumentOperation[] {
    const found: DocumentOperation[] = [];
    const names = new Set<string>();
    for (const [path, item] of Object.entries(this.document['paths'] as SchemaObject)) {
      const pathItem = this.pathItemOf(item);
      for (const method of METHODS) {
        const operation = pathItem[method];
        if (!isObject(operation)) continue;
        if (found.length >= MAX_OPERATIONS) return found;
        const remoteName = this.freeName(operation['operationId'], `${method.toUpperCase()} ${path}`, names);
        names.add(remoteName);
        found.push({ remoteName, method: method.toUpperCase(), path, operation, pathItem });
      }
    }
    return found;
  }

  /** The first address at which the API is, with the defaults of its variables; empty when it says none. */
  baseUrl(documentUrl?: string): string {
    const [server] = Array.isArray(this.document['servers']) ? (this.document['servers'] as unknown[]) : [];
    return serverUrl(server, documentUrl) ?? '';
  }

  private pathItemOf(item: unknown): SchemaObject {
    try {
      return this.follow(item);
    } catch (error) {
      if (!(error instanceof SchemaProblem)) throw error;
      return {};
    }
  }

  private freeName(operationId: unknown, otherwise: string, taken: ReadonlySet<string>): string {
    const own = typeof operationId === 'string' ? cleanText(operationId, MAX_REMOTE_NAME) : '';
    return own === '' || own !== operationId || taken.has(own) ? cleanText(otherwise, MAX_REMOTE_NAME) : own;
  }
}

/** The absolute address of a server object; undefined when it is relative to nothing we know, or none. */
export function serverUrl(server: unknown, documentUrl?: string): string | undefined {
  if (!isObject(server) || typeof server['url'] !== 'string') return undefined;
  const variables = isObject(server['variables']) ? server['variables'] : {};
  const written = server['url'].replaceAll(/\{([^{}]{1,100})\}/g, (whole, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isObject(variable) && typeof variable['default'] === 'string' ? variable['default'] : whole;
  });
  if (written.includes('{')) return undefined;
  if (!URL.canParse(written, documentUrl)) return undefined;
  const { href, protocol, search } = new URL(written, documentUrl);
  return /^https?:$/.test(protocol) && search === '' ? href.replace(/\/+$/, '') : undefined;
}
