import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Settings } from '../config/index.js';
import { AppError } from '../errors/index.js';
import { hasRawBody, keepRawBody, RAW_BODY_PATH } from './raw-body.js';
import { requestContext } from './request-context.middleware.js';
import { createValidationPipe } from './validation.pipe.js';

/** Paths outside of `/api/v1`: probes, metrics, webhooks and the interop endpoints. */
export const ROOT_PATHS = [
  '/',
  'health',
  'health/live',
  'health/ready',
  'health/status',
  'metrics',
  'hooks/:token',
  'v1/models',
  'v1/models/:model',
  'v1/chat/completions',
  'v1/responses',
  'v1/embeddings',
  'mcp',
];

/** Everything that holds for every route, in the order in which it must run. The application is made with `bodyParser: false`. */
export function configureHttp(app: NestExpressApplication, settings: Settings): void {
  const { http } = settings;
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  if (http.trustedProxies.length > 0) app.set('trust proxy', [...http.trustedProxies]);
  app.use(requestContext);
  app.use(securityHeaders(settings));
  app.enableCors({
    origin: http.corsOrigins.length > 0 ? [...http.corsOrigins] : false,
    credentials: http.corsOrigins.length > 0,
    exposedHeaders: [
      'X-Request-Id',
      'Location',
      'ETag',
      'Retry-After',
      'RateLimit',
      'RateLimit-Policy',
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
      'Idempotent-Replayed',
      'Mcp-Session-Id',
    ],
    maxAge: 600,
  });
  app.use(RAW_BODY_PATH, keepRawBody(http.bodyLimitBytes));
  app.use(onlyJson);
  app.useBodyParser('json', { limit: http.bodyLimitBytes, strict: true });
  app.use(unreadableBody);
  app.setGlobalPrefix('api/v1', { exclude: ROOT_PATHS });
  app.useGlobalPipes(createValidationPipe());
}

/**
 * Helmet's headers, asked for once: they never depend on the request, and its fourteen middlewares were 4 % of a start's
 * CPU time.
 */
function securityHeaders(settings: Settings): RequestHandler {
  const headers: [name: string, value: string][] = [];
  const collect = {
    setHeader: (name: string, value: string) => headers.push([name, value]),
    removeHeader: () => undefined,
  };
  createHelmet(settings)({} as Request, collect as unknown as Response, (error?: unknown) => {
    if (error) throw error as Error;
  });
  return (request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    // An answer is one person's view of one moment; no cache may show it again.
    if (request.path.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store');
    next();
  };
}

function createHelmet(settings: Settings): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The graph editor and virtual lists place elements by style attribute.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Over plain http the header means nothing; behind a proxy that ends TLS it holds.
    strictTransportSecurity: settings.production ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginEmbedderPolicy: false,
  });
}

/** A body that is not declared as JSON is refused, so that a foreign page's form cannot post one without a preflight. */
function onlyJson(request: Request, _response: Response, next: NextFunction): void {
  const { 'content-length': length, 'transfer-encoding': chunked, 'content-type': type } = request.headers;
  const hasBody = (length !== undefined && length !== '0') || chunked !== undefined;
  if (
    !hasBody ||
    hasRawBody(request) ||
    request.method === 'GET' ||
    /^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i.test(type ?? '')
  )
    next();
  else next(new AppError('unsupported_media_type', 'request.not_json', 'Send the body as application/json.'));
}

/** Here and not in the filter: Nest turns errors of the body parser into its own, in the parser's words, before any filter sees them. */
function unreadableBody(error: unknown, _request: Request, _response: Response, next: NextFunction): void {
  const problem = BODY_PROBLEMS[(error as { type?: string }).type ?? ''];
  next(problem ? problem() : error);
}

const encoding = (): AppError =>
  new AppError(
    'unsupported_media_type',
    'request.encoding',
    'Send the body as UTF-8 JSON, not encoded in any other way.',
  );

const BODY_PROBLEMS: Readonly<Record<string, () => AppError>> = {
  'entity.parse.failed': () => new AppError('malformed', 'request.not_json', 'The request body is not valid JSON.'),
  'entity.too.large': () =>
    new AppError(
      'too_large',
      'request.too_large',
      'The request body is larger than this server accepts. Send less, or ask the operator to raise BODY_LIMIT_BYTES.',
    ),
  'encoding.unsupported': encoding,
  'charset.unsupported': encoding,
};
