import { InvalidCallOptionError } from '../errors/invalid-call-option-error.js';
import { ModelCallError } from '../errors/model-call-error.js';
import { ProviderError } from '../errors/provider-error.js';
import type { CallOptions } from '../model/call-options.js';
import type { CallHooks } from './attempt.js';
import type { Candidate } from './candidate.js';
import type { Clock } from './clock.js';
import { pauseBeforeRetry, type RetryPolicy } from './retry-policy.js';
import { RunningAttempt } from './running-attempt.js';

/** Another model would be asked to say what this one declined to say. */
const FINAL = new Set(['provider.content_filtered']);

interface Failed {
  readonly model: string;
  readonly error: ProviderError;
}

/**
 * Decides, one attempt after the other, which model a call goes to next, and after what pause. Models are asked in
 * their order; what may pass is tried again at the same one, what will not pass goes to the next.
 */
export class CallCourse {
  private index = 0;
  private attemptsAtModel = 0;
  private attempts = 0;
  /** Of the newest attempt. */
  private lastError: ProviderError | undefined;
  /** The last failure of each model. */
  private readonly failures: Failed[] = [];

  constructor(
    private readonly candidates: readonly Candidate[],
    private readonly options: CallOptions,
    private readonly policy: RetryPolicy,
    private readonly hooks: CallHooks,
    private readonly clock: Clock,
  ) {}

  /** The next attempt, begun. @throws the call's error when no model is left, or what the `begin` hook threw */
  async next(): Promise<RunningAttempt> {
    for (;;) {
      this.options.signal?.throwIfAborted();
      const candidate = this.candidates[this.index];
      if (candidate === undefined) throw this.finalError();
      const pass = candidate.breaker.enter();
      if (pass === null) {
        this.skip(candidate);
        continue;
      }
      this.attemptsAtModel++;
      const attempt = {
        number: ++this.attempts,
        fallback: this.index > 0,
        model: candidate.description,
        credentialId: candidate.credentialId,
        startedAt: this.clock.now(),
      };
      const options = candidate.optionsFor?.(this.options) ?? this.options;
      try {
        await this.hooks.begin?.(attempt, options);
      } catch (error) {
        candidate.breaker.leave(pass, { kind: 'neutral' });
        throw error;
      }
      return new RunningAttempt(
        candidate,
        options,
        { ...attempt, startedAt: this.clock.now() },
        pass,
        this.hooks,
        this.clock,
      );
    }
  }

  /** Resolves when the call goes on; `next` says where. @throws the error when it ends here */
  async afterFailure(attempt: RunningAttempt, error: unknown): Promise<void> {
    const { signal } = this.options;
    if (signal?.aborted) {
      attempt.cancelled();
      throw error;
    }
    attempt.failed(error);
    if (!(error instanceof ProviderError)) throw error;
    this.lastError = error;
    if (attempt.hasShown) throw afterText(error);
    if (error instanceof InvalidCallOptionError || FINAL.has(error.code)) throw error;
    const waitMs = pauseBeforeRetry(this.policy, {
      attempts: this.attemptsAtModel,
      error,
      hasFallback: this.index + 1 < this.candidates.length,
      random: this.clock.random(),
    });
    const model = attempt.candidate.description.id;
    if (waitMs === null) {
      this.failures.push({ model, error });
      this.nextModel();
      return;
    }
    this.hooks.pause?.({ model, attempt: attempt.number, waitMs, errorCode: error.code });
    await this.clock.sleep(waitMs, signal);
  }

  private nextModel(): void {
    this.index++;
    this.attemptsAtModel = 0;
  }

  private skip({ description, breaker }: Candidate): void {
    const { retryAt, lastErrorCode, failures } = breaker.read();
    this.hooks.skip?.({ model: description.id, retryAt });
    const retryAfterMs = retryAt === null ? undefined : Math.max(0, Math.ceil(retryAt - this.clock.now()));
    const when =
      retryAfterMs === undefined ? 'while another call finds out' : `for ${Math.ceil(retryAfterMs / 1000)} s`;
    const why = `it has failed ${failures} ${failures === 1 ? 'time' : 'times'} in a row, last with ${lastErrorCode ?? 'an error'}`;
    const error = new ModelCallError('provider.circuit_open', `${description.id} is not asked ${when}: ${why}.`, {
      retryable: true,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
    // One that has just closed it had better say why itself.
    this.failures.push({ model: description.id, error: (this.attemptsAtModel > 0 && this.lastError) || error });
    this.nextModel();
  }

  /** The error of the model that was asked for, with what became of the others. */
  private finalError(): ProviderError {
    const [first, ...others] = this.failures as [Failed, ...Failed[]];
    if (others.length === 0) return first.error;
    const { error } = first;
    const more = others.map((other) => other.error.message).join(' Then: ');
    return new ModelCallError(error.code, `${error.message} Then: ${more}`, {
      retryable: this.failures.some((failed) => failed.error.retryable),
      ...(error instanceof ModelCallError && { status: error.status, retryAfterMs: error.retryAfterMs }),
    });
  }
}

/** What has been shown stays shown, and whoever reads the error must know that there is something. */
function afterText(error: ProviderError): ProviderError {
  if (error.outputStarted) return error;
  return new ModelCallError(error.code, error.message, { retryable: error.retryable, outputStarted: true });
}
