import type { Failure, Usage, WaitRequest } from './run-host.js';

/** What a step waits for that no budget has room for. */
export type StepHold = Pick<WaitRequest, 'title' | 'payload' | 'dueAt'>;

export interface StepErrorDetails {
  /** Dotted and stable, for example `http.status`. */
  readonly code: string;
  /** What happened and what to do about it; shown to people, so never a secret or a stack. */
  readonly message: string;
  /** Whether trying the same again can help. Whoever creates the error knows. */
  readonly retryable: boolean;
  /** The service's own wish for the next attempt (`Retry-After`). */
  readonly retryAfterMs?: number;
  /** What the failed attempt has cost all the same. */
  readonly usage?: Usage;
  /** The request may or may not have been acted upon: no answer came. */
  readonly outcomeUnknown?: boolean;
  /** The step had better wait for this and then ask again than fail. */
  readonly hold?: StepHold;
  readonly cause?: unknown;
}

/** The only error that a node or a step service should throw: everything else is taken for a defect of ours. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly usage?: Usage;
  readonly outcomeUnknown: boolean;
  readonly hold?: StepHold;

  constructor(details: StepErrorDetails) {
    super(details.message, { cause: details.cause });
    this.code = details.code;
    this.retryable = details.retryable;
    this.retryAfterMs = details.retryAfterMs;
    this.usage = details.usage;
    this.outcomeUnknown = details.outcomeUnknown ?? false;
    this.hold = details.hold;
  }

  /** For what was thrown and is no StepError: says nothing of its inside, which belongs in the server's log only. */
  static internal(cause: unknown): StepError {
    return new StepError({
      code: 'step.internal_error',
      message: 'The step failed because of a fault in AgentFlow, not in the agent. Please report it with the run id.',
      retryable: false,
      cause,
    });
  }

  toFailure(stepId: string): Failure {
    return { code: this.code, message: this.message, retryable: this.retryable, stepId };
  }
}
