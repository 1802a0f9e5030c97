import { formatDuration } from '@/shared/format/format-duration';
import { RelativeTime } from '@/shared/ui/relative-time';

/** One time that a message was tried. */
export interface DeliveryAttempt {
  number: number;
  at: string;
  status: number | null;
  error: string | null;
  durationMs: number | null;
  /** How the receiver's answer begins, where it is kept. */
  answer?: string | null;
}

/** Every attempt to deliver a message, oldest first. */
export function AttemptList({ attempts }: { attempts: readonly DeliveryAttempt[] }) {
  return (
    <ol aria-label="Attempts" className="flex flex-col gap-1">
      {attempts.map((attempt) => (
        <Attempt key={attempt.number} attempt={attempt} />
      ))}
    </ol>
  );
}

function Attempt({ attempt }: { attempt: DeliveryAttempt }) {
  const { number, at, status, error, durationMs, answer } = attempt;
  return (
    <li className="grid grid-cols-[1.5rem_1fr_auto] gap-x-2">
      <span className="text-muted tabular text-end">{number}</span>
      <span className="min-w-0 break-words">
        {error ?? (status === null ? 'No answer yet' : `Answered ${status}`)}
        {durationMs !== null && <span className="text-muted tabular"> · {formatDuration(durationMs)}</span>}
        {answer && (
          <pre className="bg-sunken mt-1 max-h-40 overflow-auto rounded-md border p-2 font-mono text-xs whitespace-pre-wrap">
            {answer}
          </pre>
        )}
      </span>
      <span className="text-muted">
        <RelativeTime at={at} />
      </span>
    </li>
  );
}
