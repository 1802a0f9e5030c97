import type { HttpRequest } from '../../step-services.js';

const MASK = '•••';
const SECRET_NAME = /auth|cookie|token|secret|password|passwd|api[-_]?key|signature|credential|^key$|^sig$/i;

/** The request as the run page may show it: nothing that looks like a secret by its name. */
export function maskHttpRequest({ method, url, headers, body }: HttpRequest): unknown {
  return {
    method,
    url: maskUrl(url),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, maskValue(name, value)])),
    ...(body !== undefined && { body }),
  };
}

function maskUrl(text: string): string {
  const url = new URL(text);
  if (url.username || url.password) {
    url.username = '';
    url.password = '';
  }
  const secret = [...url.searchParams.keys()].filter((name) => SECRET_NAME.test(name));
  for (const name of secret) url.searchParams.set(name, MASK);
  return url.href;
}

function maskValue(name: string, value: string): string {
  return SECRET_NAME.test(name) ? MASK : value;
}
