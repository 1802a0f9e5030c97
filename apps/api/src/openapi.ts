import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { VERSION } from '#platform/health';

const DOCUMENT_PATH = '/api/v1/openapi.json';

/** The OpenAPI 3.1 document of everything that the application's controllers declare. */
export function createOpenApiDocument(app: NestExpressApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('AgentFlow')
    .setDescription('Draw AI agents as graphs, run them durably, watch them live, and know what they cost.')
    .setVersion(VERSION)
    .addServer('/', 'This installation')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Access token or API key (`af_…`)' }, 'bearer')
    .addCookieAuth(
      'af_refresh',
      { type: 'apiKey', in: 'cookie', description: 'Set by signing in; rotates with every use' },
      'af_refresh',
    )
    .addTag('auth', 'Signing up, in and out')
    .addTag('org', 'The organisation: members, roles, teams, invitations, API keys')
    .addTag('agents', 'Drafts, versions, export and import')
    .addTag('templates', 'Agents to start from')
    .addTag('executions', 'Runs: start, follow, cancel, retry')
    .addTag('schedules', 'Runs by the clock')
    .addTag('webhooks', 'Runs by signed messages of other systems')
    .addTag('Prompts', 'Words for models: drafts, versions, trials')
    .addTag('models', 'Models that nodes can name')
    .addTag('mcp', 'Agents as tools for clients of the Model Context Protocol')
    .addTag('health', 'Probes and metrics')
    .build();
  const document = SwaggerModule.createDocument(app, description);
  for (const path of Object.values(document.paths)) {
    // Public routes say so: without it, tools would ask for credentials.
    for (const operation of [path.get, path.post]) if (operation) operation.security ??= [];
  }
  return withPlainNames(document);
}

/** `AgentResponse` is a word of our classes; readers and generated clients know an `Agent`. */
function withPlainNames(document: OpenAPIObject): OpenAPIObject {
  const names = Object.keys(document.components?.schemas ?? {});
  const plain = new Map(
    names
      .map((name) => [name, name.replace(/(Response|Dto)$/, '')] as const)
      .filter(([name, short]) => name !== short && !names.includes(short)),
  );
  const text = JSON.stringify(document, (_key, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith('#/components/schemas/')) return value;
    const name = value.slice('#/components/schemas/'.length);
    return `#/components/schemas/${plain.get(name) ?? name}`;
  });
  const renamed = JSON.parse(text) as OpenAPIObject;
  const schemas = Object.entries(renamed.components?.schemas ?? {});
  return {
    ...renamed,
    components: {
      ...renamed.components,
      schemas: Object.fromEntries(schemas.map(([name, schema]) => [plain.get(name) ?? name, schema])),
    },
  };
}

/** Swagger UI at `/api/docs`, ReDoc at `/api/reference`, the document itself at `/api/v1/openapi.json`. */
export function serveApiDocs(app: NestExpressApplication): void {
  let document: OpenAPIObject | null = null;
  const load = (): OpenAPIObject => (document ??= createOpenApiDocument(app));
  const server = app.getHttpAdapter().getInstance();
  server.get(DOCUMENT_PATH, (_request: Request, response: Response) => response.json(load()));
  SwaggerModule.setup('api/docs', app, load, {
    swaggerUrl: DOCUMENT_PATH,
    raw: false,
    customSiteTitle: 'AgentFlow API',
  });
  const script = createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js');
  let bundle: string | null = null;
  server.get('/api/reference/redoc.js', (_request: Request, response: Response) => {
    bundle ??= readFileSync(script, 'utf8');
    response.type('text/javascript').send(bundle);
  });
  server.get('/api/reference', (_request: Request, response: Response) => response.type('text/html').send(REDOC_PAGE));
}

const REDOC_PAGE = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>AgentFlow API reference</title><meta name="viewport" content="width=device-width, initial-scale=1"></head>
  <body><redoc spec-url="${DOCUMENT_PATH}" disable-search="false"></redoc><script src="/api/reference/redoc.js"></script></body>
</html>
`;
