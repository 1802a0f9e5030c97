import { EgressError, type EgressPhase, failed, quote, timedOut, tooLarge } from './egress.errors.js';

const CERTIFICATE_CODE = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY))/;

export interface TransportContext {
  readonly host: string;
  readonly phase: EgressPhase;
  readonly connectMs: number;
  readonly maxHeaderBytes: number;
}

/** Says in a caller's words what the socket or the HTTP parser reported; only the error's code is looked at, never its data. */
export function fromTransportError(error: unknown, context: TransportContext): EgressError {
  if (error instanceof EgressError) return error;
  const code = codeOf(error);
  const { phase } = context;
  const host = quote(context.host);
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return timedOut(`no connection to ${host}`, context.connectMs, phase);
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
    return tooLarge(`The response headers of ${host} are larger than ${context.maxHeaderBytes} bytes.`, phase);
  }
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') {
    return failed(
      `The request to ${host} is not valid HTTP: look for line breaks or unusual characters in the method and headers.`,
      phase,
      false,
    );
  }
  if (code.startsWith('HPE_') || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return failed(`${host} answered with something that is not valid HTTP (${code}).`, phase, false);
  }
  if (CERTIFICATE_CODE.test(code)) {
    return failed(`The certificate of ${host} cannot be trusted (${code}).`, phase, false);
  }
  if (phase === 'before-send') {
    return failed(`No connection to ${host} could be made (${code}); check that the service is up.`, phase, true);
  }
  return failed(`${host} ended the connection before its answer was complete (${code}).`, phase, true);
}

/** The code of an error, or `unknown`; nothing else of a foreign error is safe to show. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'unknown';
}
