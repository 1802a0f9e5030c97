export interface ConnectionProblem {
  readonly code: string;
  /** Half a sentence, without addresses of ours or anything that was sent. */
  readonly reason: string;
  readonly retryable: boolean;
}

const BY_SYSTEM_CODE: Readonly<Record<string, ConnectionProblem>> = {
  ECONNREFUSED: { code: 'provider.unreachable', reason: 'the connection was refused', retryable: true },
  EHOSTUNREACH: { code: 'provider.unreachable', reason: 'the host cannot be reached', retryable: true },
  ENETUNREACH: { code: 'provider.unreachable', reason: 'the network cannot be reached', retryable: true },
  ENOTFOUND: { code: 'provider.dns_failed', reason: 'the host name does not resolve', retryable: true },
  EAI_AGAIN: { code: 'provider.dns_failed', reason: 'the host name could not be looked up', retryable: true },
  ECONNRESET: { code: 'provider.connection_reset', reason: 'the connection was reset', retryable: true },
  EPIPE: { code: 'provider.connection_reset', reason: 'the connection was closed', retryable: true },
  UND_ERR_SOCKET: { code: 'provider.connection_reset', reason: 'the connection was closed', retryable: true },
  ETIMEDOUT: { code: 'provider.connect_timeout', reason: 'the connection timed out', retryable: true },
  UND_ERR_CONNECT_TIMEOUT: { code: 'provider.connect_timeout', reason: 'the connection timed out', retryable: true },
  UND_ERR_HEADERS_TIMEOUT: { code: 'provider.first_token_timeout', reason: 'no answer came', retryable: true },
  UND_ERR_BODY_TIMEOUT: { code: 'provider.idle_timeout', reason: 'the answer fell silent', retryable: true },
  HPE_INVALID_CONSTANT: { code: 'provider.invalid_reply', reason: 'the reply is not HTTP', retryable: false },
};
const TLS_CODE = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/;
const COMPRESSION_CODE = /^(?:Z_|ERR__ERROR|ERR_BROTLI)/;
const LONGEST_CHAIN = 6;

/** Why there was no answer, read from the chain of causes that fetch implementations leave behind. */
export function describeConnectionError(error: unknown): ConnectionProblem {
  let current: unknown = error;
  for (let depth = 0; depth < LONGEST_CHAIN && typeof current === 'object' && current !== null; depth++) {
    const { code } = current as { code?: unknown };
    if (typeof code === 'string') {
      if (Object.hasOwn(BY_SYSTEM_CODE, code)) return BY_SYSTEM_CODE[code]!;
      if (TLS_CODE.test(code)) {
        return { code: 'provider.tls_failed', reason: `the secure connection failed (${code})`, retryable: false };
      }
      if (COMPRESSION_CODE.test(code)) {
        return { code: 'provider.invalid_reply', reason: 'the reply could not be decompressed', retryable: true };
      }
      if (/^[a-z]+(?:[._][a-z_]+)+$/.test(code)) return fromEgressDoor(current as EgressRefusal);
    }
    current =
      (current as { cause?: unknown; errors?: unknown[] }).cause ?? (current as { errors?: unknown[] }).errors?.[0];
  }
  return { code: 'provider.connection_failed', reason: 'the connection failed', retryable: true };
}

/** A dotted code is the application's own: its egress door has spoken. */
interface EgressRefusal {
  readonly code: string;
  readonly message?: unknown;
  readonly retryable?: unknown;
  /** Whether the request had left when it happened. */
  readonly phase?: unknown;
}

function fromEgressDoor({ code, message, retryable, phase }: EgressRefusal): ConnectionProblem {
  const reason = String(message).replace(/\.$/, '');
  if (code.endsWith('.too_large')) return { code: 'provider.reply_too_large', reason, retryable: false };
  // What it has forbidden it will forbid again, and a certificate does not mend itself.
  if (retryable !== true) return { code: 'provider.refused_by_egress', reason, retryable: false };
  if (code.endsWith('.timeout')) return { code: 'provider.connect_timeout', reason, retryable: true };
  return {
    code: phase === 'before-send' ? 'provider.unreachable' : 'provider.connection_reset',
    reason,
    retryable: true,
  };
}
