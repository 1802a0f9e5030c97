import { StreamInterruptedError } from '../errors/stream-interrupted-error.js';
import type { CallOptions } from '../model/call-options.js';
import type { GenerateResult, LanguageModel } from '../model/language-model.js';
import type { StreamPart } from '../model/stream-part.js';
import type { CallHooks } from './attempt.js';
import { CallCourse } from './call-course.js';
import type { Candidate } from './candidate.js';
import type { Clock } from './clock.js';
import type { RetryPolicy } from './retry-policy.js';
import type { RunningAttempt } from './running-attempt.js';

/**
 * Several models that stand in for each other, as one. A stream that dies before its first text or tool call is begun
 * again, here or at the next model; one that dies later fails, because nobody can continue another's sentence.
 */
export class ResilientLanguageModel implements LanguageModel {
  readonly provider: string;
  readonly modelId: string;
  readonly simulated: boolean;

  constructor(
    private readonly candidates: readonly [Candidate, ...Candidate[]],
    private readonly policy: RetryPolicy,
    private readonly hooks: CallHooks,
    private readonly clock: Clock,
  ) {
    const { language } = candidates[0];
    this.provider = language.provider;
    this.modelId = language.modelId;
    this.simulated = language.simulated;
  }

  async generate(options: CallOptions): Promise<GenerateResult> {
    const course = this.courseOf(options);
    for (;;) {
      const attempt = await course.next();
      try {
        const result = await attempt.candidate.language.generate(attempt.options);
        attempt.answered(result);
        return result;
      } catch (error) {
        await course.afterFailure(attempt, error);
      }
    }
  }

  async *stream(options: CallOptions): AsyncGenerator<StreamPart, void, undefined> {
    const course = this.courseOf(options);
    let hasStarted = false;
    for (;;) {
      const attempt = await course.next();
      try {
        for await (const part of attempt.candidate.language.stream(attempt.options)) {
          if (part.type === 'finish') {
            attempt.answered(part);
            yield { ...part, simulated: attempt.candidate.language.simulated };
            return;
          }
          attempt.note(part);
          if (part.type !== 'stream-start') yield part;
          else if (!hasStarted) {
            hasStarted = true;
            yield part;
          }
        }
        throw endedEarly(attempt);
      } catch (error) {
        await course.afterFailure(attempt, error);
      } finally {
        // The reader has left in the middle, or else it is over already.
        attempt.cancelled();
      }
    }
  }

  private courseOf(options: CallOptions): CallCourse {
    return new CallCourse(this.candidates, options, this.policy, this.hooks, this.clock);
  }
}

function endedEarly({ candidate, hasShown }: RunningAttempt): StreamInterruptedError {
  return new StreamInterruptedError(`${candidate.description.id} ended its stream without finishing.`, {
    outputStarted: hasShown,
  });
}
