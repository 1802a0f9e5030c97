import { AppError, type ErrorKind } from '#platform/errors';

export type EgressErrorCode =
  'egress.blocked' | 'egress.timeout' | 'egress.too_large' | 'egress.too_many_redirects' | 'egress.failed';

/** `after-send`: the other side may have acted, even though no usable answer came back. */
export type EgressPhase = 'before-send' | 'after-send';

const KINDS: Record<EgressErrorCode, ErrorKind> = {
  'egress.blocked': 'forbidden',
  'egress.timeout': 'unavailable',
  'egress.too_large': 'unavailable',
  'egress.too_many_redirects': 'unavailable',
  'egress.failed': 'unavailable',
};

/**
 * A request that did not lead to a usable response. It names the host at most: never the path or query, a header value or a byte of a body,
 * and it carries no `cause`, because parser errors of the HTTP client hold raw response bytes.
 */
export class EgressError extends AppError {
  readonly phase: EgressPhase;

  constructor(
    override readonly code: EgressErrorCode,
    message: string,
    options: { readonly retryable: boolean; readonly phase: EgressPhase },
  ) {
    super(KINDS[code], code, message, { retryable: options.retryable });
    this.phase = options.phase;
  }
}

/** One text for every refused address, so that it tells nothing about what listens there. */
export function blockedAddress(host: string, phase: EgressPhase): EgressError {
  return blocked(
    `${quote(host)} is a private or reserved address, or a name for one; an operator can open it with EGRESS_ALLOW_CIDRS.`,
    phase,
  );
}

export function blocked(message: string, phase: EgressPhase): EgressError {
  return new EgressError('egress.blocked', message, { retryable: false, phase });
}

export function failed(message: string, phase: EgressPhase, retryable: boolean): EgressError {
  return new EgressError('egress.failed', message, { retryable, phase });
}

/** Worded with "timed out", by which model SDKs recognise a timeout. */
export function timedOut(what: string, limitMs: number, phase: EgressPhase): EgressError {
  return new EgressError('egress.timeout', `Timed out after ${limitMs} ms: ${what}.`, { retryable: true, phase });
}

export function tooLarge(message: string, phase: EgressPhase): EgressError {
  return new EgressError('egress.too_large', message, { retryable: false, phase });
}

export function tooManyRedirects(host: string, maxRedirects: number): EgressError {
  const message = `The request was redirected more than ${maxRedirects} times, last to ${quote(host)}; call the final address directly.`;
  return new EgressError('egress.too_many_redirects', message, { retryable: false, phase: 'after-send' });
}

/** A host for a message, cut to a length that no caller can abuse. */
export function quote(host: string): string {
  return JSON.stringify(host.length > 100 ? `${host.slice(0, 100)}…` : host);
}
