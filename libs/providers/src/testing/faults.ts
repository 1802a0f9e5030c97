import type { CallDeadlines } from '../model/call-deadlines.js';

/** One way in which a provider fails, and what becomes of it. `docs/faulty-providers.md` shows exactly this. */
export interface Fault {
  /** What the provider does. */
  readonly what: string;
  /** The error that a streaming call ends with; null when it is answered all the same. */
  readonly code: string | null;
  readonly retryable: boolean;
  /** Whether words are delivered before it; absent where that is the model's habit. */
  readonly said?: boolean;
  /** What people see of it. */
  readonly shows: string;
}

const AGAIN =
  'Tried again after a growing pause, then the next fallback model is asked; if none answers, the step fails with this code.';
const AS_ASKED =
  'Tried again after the pause that the provider asked for, if it is a short one; otherwise the next fallback model is asked; if none answers, the step fails with this code.';
const ELSEWHERE = 'Not repeated: the next fallback model is asked; without one the step fails with this code.';
const KEPT =
  'The words that came stay visible; no other model goes on with them, and the step fails with this code. Its own retries begin it anew.';
const ANSWERED = 'The answer, as if nothing had been wrong.';

const again = (what: string, code: string): Fault => ({ what, code, retryable: true, said: false, shows: AGAIN });
const kept = (what: string, code: string): Fault => ({ what, code, retryable: true, said: true, shows: KEPT });
const final = (what: string, code: string): Fault => ({ what, code, retryable: false, said: false, shows: ELSEWHERE });

/** Every fault of `startFaultyProvider`, by its name. */
export const FAULTS = {
  'rate-limited': again('answers 429', 'provider.rate_limited'),
  'rate-limited-for-seconds': {
    ...again('answers 429 with `Retry-After` in seconds', 'provider.rate_limited'),
    shows: AS_ASKED,
  },
  'rate-limited-until-date': {
    ...again('answers 429 with `Retry-After` as a date', 'provider.rate_limited'),
    shows: AS_ASKED,
  },
  'server-error': again('answers 500', 'provider.server_error'),
  overloaded: again('answers 529', 'provider.overloaded'),
  reset: again('resets the connection before it answers', 'provider.connection_reset'),
  'never-answers': again('takes the request and never answers', 'provider.connect_timeout'),
  'silent-at-once': again('begins to answer and says nothing', 'provider.first_token_timeout'),
  'silent-after-words': kept('falls silent in the middle of its answer', 'provider.idle_timeout'),
  'cut-in-json': kept('closes the connection in the middle of an event', 'provider.stream_interrupted'),
  'cut-in-character': kept('closes the connection in the middle of a character', 'provider.stream_interrupted'),
  'reset-after-words': kept('resets the connection in the middle of its answer', 'provider.stream_interrupted'),
  'cut-in-tool-call': {
    what: 'closes the connection in the middle of a tool call',
    code: 'provider.stream_interrupted',
    retryable: true,
    shows: `No tool is called, not even one whose call was complete. ${AGAIN}`,
  },
  'invalid-line': kept('sends an event that is not JSON after its first words', 'provider.invalid_reply'),
  'missing-fields': again('sends events without anything in them', 'provider.invalid_reply'),
  'plain-text': again('answers 200 with the words of a proxy', 'provider.invalid_reply'),
  'gzip-garbage': again('answers 200 with bytes that claim to be gzip', 'provider.stream_interrupted'),
  'web-page': final('answers 200 with a web page', 'provider.invalid_reply'),
  flood: {
    ...kept('sends 50 MB in one event after its first words', 'provider.reply_too_large'),
    retryable: false,
  },
  'echoes-key': final('answers 401 and repeats the headers of the request', 'provider.unauthorized'),
  'duplicate-ids': {
    what: 'gives two tool calls the same id',
    code: null,
    retryable: false,
    shows: 'Both tools are called, under ids that have been told apart.',
  },
  mislabelled: {
    what: 'sends its answer as `application/octet-stream`',
    code: null,
    retryable: false,
    said: true,
    shows: ANSWERED,
  },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;

/** Short where a deadline is what ends the call, so that tests are quick; else out of the way of a busy machine. */
export function deadlinesFor(fault: Fault): CallDeadlines {
  return fault.code?.endsWith('_timeout')
    ? { connectMs: 250, firstTokenMs: 400, idleMs: 250, totalMs: 1_500 }
    : { connectMs: 5_000, firstTokenMs: 8_000, idleMs: 5_000, totalMs: 20_000 };
}

/** The table of `docs/faulty-providers.md`. */
export function faultTable(): string {
  const rows = Object.values<Fault>(FAULTS).map(({ what, code, retryable, shows }) => {
    const outcome = code === null ? '(answered)' : `\`${code}\``;
    return `| ${what} | ${outcome} | ${code === null ? '–' : retryable ? 'yes' : 'no'} | ${shows} |`;
  });
  return ['| the provider … | error code | retryable | what the run shows |', '|---|---|---|---|', ...rows].join('\n');
}
