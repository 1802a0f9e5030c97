import { raw, type Request, type RequestHandler } from 'express';

/** Below this path bodies are kept as they came: whoever checks a signature needs every byte of what was signed. */
export const RAW_BODY_PATH = '/hooks';

/** Senders are strangers until their signature is checked, so no operator's larger limit holds for them. */
const MAX_RAW_BODY_BYTES = 1_048_576;

const bodies = new WeakMap<Request, Buffer>();

/** Reads the body of whatever type; `request.body` stays empty, so that nothing takes the bytes for fields. */
export function keepRawBody(limitBytes: number): RequestHandler {
  const read = raw({ type: () => true, inflate: false, limit: Math.min(limitBytes, MAX_RAW_BODY_BYTES) });
  return (request, response, next) => {
    read(request, response, (error?: unknown) => {
      if (Buffer.isBuffer(request.body)) bodies.set(request, request.body);
      request.body = undefined;
      next(error);
    });
  };
}

export function hasRawBody(request: Request): boolean {
  return bodies.has(request);
}

/** The body as it came; empty when there was none. Only below {@link RAW_BODY_PATH}. */
export function rawBodyOf(request: Request): Buffer {
  return bodies.get(request) ?? Buffer.alloc(0);
}
