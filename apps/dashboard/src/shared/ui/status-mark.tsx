import { classNames } from './class-names';

/** Of a run: the first seven. Of a step also `interrupted`, which starts again under another worker, and `not_needed`, which was given up. */
export type Status =
  'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'timed_out' | 'interrupted' | 'not_needed';

const WORDS: Record<Status, string> = {
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
  timed_out: 'Timed out',
  interrupted: 'Starts again',
  not_needed: 'Not needed',
};

const COLOURS: Record<Status, string> = {
  queued: 'text-muted',
  running: 'text-accent',
  waiting: 'text-warning',
  succeeded: 'text-success',
  failed: 'text-danger',
  cancelled: 'text-muted',
  timed_out: 'text-danger',
  interrupted: 'text-warning',
  not_needed: 'text-muted',
};

export interface StatusMarkProps {
  status: string;
  /** What a waiting run waits for: "Waiting for approval by Ada". */
  waitsFor?: string;
  /** Only where a word stands beside it already; the word stays for screen readers. */
  hideWord?: boolean;
  className?: string;
}

/** Shape, word and colour of a status: the same everywhere, never colour alone. */
export function StatusMark({ status, waitsFor, hideWord, className }: StatusMarkProps) {
  const known = status in WORDS ? (status as Status) : null;
  const word = known ? WORDS[known] : status;
  return (
    <span className={classNames('inline-flex items-center gap-1.5 whitespace-nowrap', className)} data-status={status}>
      <svg
        aria-hidden
        viewBox="0 0 16 16"
        className={classNames(
          'size-3.5 shrink-0',
          known ? COLOURS[known] : 'text-muted',
          known === 'running' && 'quiet-pulse',
        )}
      >
        <StatusShape status={known} />
      </svg>
      <span className={hideWord ? 'sr-only' : undefined}>{waitsFor ? `Waiting for ${waitsFor}` : word}</span>
    </span>
  );
}

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

function StatusShape({ status }: { status: Status | null }) {
  switch (status) {
    case 'running':
      return (
        <>
          <circle cx="8" cy="8" r="5.5" {...stroke} />
          <path d="M8 2.5a5.5 5.5 0 0 0 0 11z" fill="currentColor" />
        </>
      );
    case 'waiting':
      return <path d="M8 1.8 14.2 8 8 14.2 1.8 8z" {...stroke} />;
    case 'succeeded':
      return <circle cx="8" cy="8" r="6" fill="currentColor" />;
    case 'failed':
      return <path d="m3.5 3.5 9 9m0-9-9 9" {...stroke} strokeWidth={2.4} />;
    case 'cancelled':
    case 'not_needed':
      return <path d="M3 8h10" {...stroke} strokeWidth={2.4} />;
    case 'timed_out':
      return (
        <>
          <circle cx="8" cy="9" r="5" {...stroke} strokeWidth={1.8} />
          <path d="M8 9V6.2M6.3 1.5h3.4" {...stroke} strokeWidth={1.8} />
        </>
      );
    case 'interrupted':
      return <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3" {...stroke} strokeWidth={1.8} />;
    default:
      return <circle cx="8" cy="8" r="5.5" {...stroke} />;
  }
}

/** The word of a status, for titles and filters. */
export function statusWord(status: string): string {
  return status in WORDS ? WORDS[status as Status] : status;
}
