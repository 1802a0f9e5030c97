import { StepError } from '#kernel';
import { EgressError } from '#platform/egress';

/** Of what a service says about a refusal, in messages. */
const MAX_SAID = 500;
const LONGEST_WAIT_MS = 3_600_000;

export interface ServiceAnswer {
  /** `GitHub`, as people call it. */
  readonly service: string;
  readonly status: number;
  /** What the service says, secrets taken out; empty when it says nothing that helps. */
  readonly said: string;
  /** Seconds or a date, as the header has it. */
  readonly retryAfter?: string | null;
  /** The service has counted too many requests, whatever the status says. */
  readonly isRateLimit?: boolean;
  readonly isWrite: boolean;
}

/** A refusal of a service, in words that a model can act upon and with a code that tells whether trying again helps. */
export function serviceFailure({ service, status, said, retryAfter, isRateLimit, isWrite }: ServiceAnswer): StepError {
  const word = said === '' ? '' : `: ${said.slice(0, MAX_SAID)}`;
  if (status === 429 || isRateLimit === true) {
    return new StepError({
      code: 'tool.rate_limited',
      message: `${service} takes no more requests for now${word}`,
      retryable: true,
      retryAfterMs: waitMs(retryAfter),
    });
  }
  if (status >= 500) {
    return new StepError({
      code: 'tool.unavailable',
      message: `${service} answered with status ${status}${word}`,
      retryable: true,
      outcomeUnknown: isWrite,
      retryAfterMs: waitMs(retryAfter),
    });
  }
  const [code, sentence] =
    status === 401 || status === 403
      ? ['tool.refused', `${service} does not allow this with the chosen credential (status ${status})`]
      : status === 404 || status === 410
        ? ['tool.not_found', `${service} has no such thing, or the credential may not see it`]
        : ['tool.invalid', `${service} did not accept the request (status ${status})`];
  return new StepError({ code, message: `${sentence}${word}`, retryable: false });
}

/** No usable answer: whether a write has happened, nobody knows once the request was on its way. */
export function transportFailure(error: unknown, isWrite: boolean): unknown {
  if (!(error instanceof EgressError)) return error;
  const { code, message, retryable, phase } = error;
  return new StepError({
    code,
    message,
    retryable,
    outcomeUnknown: phase === 'after-send' && isWrite,
    cause: error,
  });
}

/** An answer came that is none of this service: a page of a proxy, or another service at the address. */
export function unreadable(service: string, isWrite: boolean): StepError {
  return new StepError({
    code: 'tool.unreadable',
    message: `${service} answered with something that cannot be understood: check the address in the credential.`,
    retryable: false,
    outcomeUnknown: isWrite,
  });
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function waitMs(header: string | null | undefined): number | undefined {
  if (header === undefined || header === null || header === '') return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return wait > 0 ? Math.min(wait, LONGEST_WAIT_MS) : undefined;
}
