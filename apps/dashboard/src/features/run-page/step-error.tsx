import type { Failure } from '@/shared/api/generated/schema';
import { formatDuration } from '@/shared/format/format-duration';
import type { TimelineStep } from '@/shared/live/execution-timeline';
import { CopyButton } from '@/shared/ui/copy-button';
import { failureAdvice } from './failure-advice';

/** Cause and advice of what went wrong in a step, for its end and for every try before. */
export function StepError({ step }: { step: TimelineStep }) {
  const failedTries = step.attempts.filter((attempt) => attempt.error !== null);
  return (
    <div className="flex flex-col gap-5 p-4">
      {step.error && <FailureText failure={step.error} />}
      {failedTries.length > 0 && (
        <section>
          <h3 className="text-muted text-sm">{step.error ? 'Tries before that' : 'Tries that failed'}</h3>
          <ol className="mt-1 flex flex-col gap-2">
            {failedTries.map((attempt) => (
              <li key={attempt.startedAt} className="rounded-md border p-3 text-sm">
                <p>
                  <span className="font-medium">Try {attempt.try}</span>{' '}
                  <code className="text-danger break-all">{attempt.error?.code}</code>
                </p>
                <p className="break-words">{attempt.error?.message}</p>
                {attempt.waitMs !== null && (
                  <p className="text-muted">Waited {formatDuration(attempt.waitMs)} before the next try.</p>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

/** One failure: code, what happened, what to do, whether trying again can help. */
export function FailureText({ failure }: { failure: Failure }) {
  return (
    <dl className="flex flex-col gap-3">
      <div>
        <dt className="text-muted text-sm">Cause</dt>
        <dd className="flex items-start gap-2">
          <span className="min-w-0 flex-1 break-words whitespace-pre-wrap">{failure.message}</span>
          <CopyButton text={`${failure.code}: ${failure.message}`} label="error" />
        </dd>
      </div>
      <div>
        <dt className="text-muted text-sm">What to do</dt>
        <dd>{failureAdvice(failure)}</dd>
      </div>
      <div>
        <dt className="text-muted text-sm">Code</dt>
        <dd className="flex flex-wrap items-center gap-x-3">
          <code className="text-sm break-all">{failure.code}</code>
          <span className="text-muted text-sm">
            {failure.retryable ? 'Trying again can help' : 'Trying the same again will not help'}
          </span>
        </dd>
      </div>
    </dl>
  );
}
