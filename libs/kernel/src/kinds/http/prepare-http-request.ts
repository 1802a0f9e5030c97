import { StepError } from '../../step-error.js';
import type { HttpRequest } from '../../step-services.js';

export interface RenderedHttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly credentialId?: string;
}

const WRITING_METHODS = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Checks what the templates have produced and adds the headers that the author left to us: a content type, and for
 * writing methods the idempotency key, which is the same for every attempt.
 *
 * @throws StepError `http.invalid_url`, `http.invalid_header`
 */
export function prepareHttpRequest(rendered: RenderedHttpRequest, idempotencyKey: string): HttpRequest {
  const { method, body, credentialId } = rendered;
  const headers: Record<string, string> = {};
  for (const [name, value] of rendered.headers) headers[name.toLowerCase()] = checkHeader(name, value.trim());
  if (body !== undefined) headers['content-type'] ??= isJson(body) ? 'application/json' : 'text/plain; charset=utf-8';
  if (WRITING_METHODS.has(method)) headers['idempotency-key'] ??= idempotencyKey;
  return {
    method,
    url: checkUrl(rendered.url.trim()),
    headers,
    ...(body !== undefined && { body }),
    ...(credentialId !== undefined && { credentialId }),
  };
}

function checkUrl(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text).href;
  throw new StepError({
    code: 'http.invalid_url',
    message: `“${text.slice(0, 200)}” is not an http or https address: check the URL and the values in it.`,
    retryable: false,
  });
}

function checkHeader(name: string, value: string): string {
  // Control characters are what must not be in a header.
  if (!/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(value)) return value;
  throw new StepError({
    code: 'http.invalid_header',
    message: `The header “${name}” has a value with a line break or a sign outside Latin-1: encode it first.`,
    retryable: false,
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
