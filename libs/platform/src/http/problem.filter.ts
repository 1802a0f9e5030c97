import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAmbient } from '../context/index.js';
import { isDatabaseAway } from '../database/index.js';
import { AppError, type ErrorKind, toJsonRpcError, toOpenAiError, toProblem } from '../errors/index.js';
import { InjectLogger, type Logger } from '../logging/index.js';

/** The one place where failures become HTTP answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@InjectLogger() private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const request = host.switchToHttp().getRequest<Request>();
    const error = toAppError(thrown, request);
    const problem = toProblem(
      error,
      currentAmbient()?.requestId ?? String(response.getHeader('X-Request-Id') ?? 'unknown'),
    );
    if (problem.status >= 500)
      this.logger.error({ err: thrown, code: problem.code, path: pathOf(request) }, 'request failed');
    if (response.headersSent) {
      response.end();
      return;
    }
    if (error instanceof AppError && error.retryAfterSeconds !== undefined) {
      response.setHeader('Retry-After', String(Math.max(1, Math.ceil(error.retryAfterSeconds))));
    }
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    if (pathOf(request).startsWith(OPENAI_PREFIX)) {
      // Their clients try again by themselves; whoever made the error knows whether that can help.
      response.setHeader('x-should-retry', String(problem.retryable));
      response.status(problem.status).json(toOpenAiError(problem));
      return;
    }
    if (pathOf(request) === MCP_PATH) {
      response.status(problem.status).json({ jsonrpc: '2.0', id: null, error: toJsonRpcError(problem) });
      return;
    }
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** Where clients of OpenAI's API come in. */
const OPENAI_PREFIX = '/v1/';

/** Where clients of the Model Context Protocol come in. */
const MCP_PATH = '/mcp';

const KIND_BY_STATUS: Readonly<Record<number, ErrorKind>> = {
  400: 'malformed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'limited',
  503: 'unavailable',
};

/** Errors of Express and Nest in our own words. */
function toAppError(thrown: unknown, request: Request): unknown {
  if (thrown instanceof AppError) return thrown;
  const { status } = (thrown ?? {}) as { status?: number };
  if (thrown instanceof HttpException) {
    const kind = KIND_BY_STATUS[thrown.getStatus()] ?? (thrown.getStatus() < 500 ? 'malformed' : 'internal');
    if (kind === 'not_found') {
      return new AppError('not_found', 'route.not_found', `There is nothing at ${request.method} ${pathOf(request)}.`);
    }
    return new AppError(kind, `request.${kind}`, thrown.message);
  }
  if (isDatabaseAway(thrown)) {
    return new AppError(
      'unavailable',
      'database.unavailable',
      'The database does not answer at the moment. Try again shortly.',
      { cause: thrown, retryAfterSeconds: 2 },
    );
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new AppError('malformed', 'request.malformed', 'The request cannot be understood.');
  }
  return thrown;
}

/** The whole path: `request.path` lacks what a router above has taken off. */
function pathOf({ originalUrl }: Request): string {
  return originalUrl.split('?', 1)[0] ?? '';
}
