import type { Route } from '../support/application-routes.js';

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly $ref?: string } }>>;
  };
}

/** What a route takes, beside its path. */
export interface Input {
  /** Name of the body's schema; null when it takes no body. */
  readonly body: string | null;
  readonly bodyFields: readonly string[];
  readonly query: readonly string[];
}

/** The server's own OpenAPI document. */
export class ApiDocument {
  private constructor(
    private readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>,
    private readonly schemas: Readonly<Record<string, Schema>>,
  ) {}

  static async of(url: string): Promise<ApiDocument> {
    const response = await fetch(`${url}/api/v1/openapi.json`);
    const { paths, components } = (await response.json()) as {
      paths: Record<string, Record<string, Operation>>;
      components: { schemas: Record<string, Schema> };
    };
    return new ApiDocument(paths, components.schemas);
  }

  /** `GET /api/v1/agents/:id` of everything it describes. */
  names(): string[] {
    return Object.entries(this.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
  }

  inputOf({ method, path }: Route): Input {
    const operation = this.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    const { $ref } = operation?.requestBody?.content['application/json']?.schema ?? {};
    const body = $ref?.split('/').at(-1) ?? null;
    return {
      body,
      bodyFields: body === null ? [] : Object.keys(this.schemas[body]?.properties ?? {}),
      query: (operation?.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name),
    };
  }
}
