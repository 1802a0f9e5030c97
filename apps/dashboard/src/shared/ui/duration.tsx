import { formatDuration } from '@/shared/format/format-duration';
import { useNow } from '@/shared/format/use-now';

export interface DurationProps {
  /** Milliseconds, when it is over. */
  ms?: number | null;
  /** When it began, for what is still going on: counts up. */
  since?: string | number | null;
  className?: string;
}

/** `412 ms`, `3.2 s`, `4 m 10 s`, in mono and tabular figures. */
export function Duration({ ms, since, className = '' }: DurationProps) {
  const counting = (ms === undefined || ms === null) && since !== undefined && since !== null;
  const now = useNow(counting ? 1000 : 0);
  const shown = counting ? Math.max(0, now - new Date(since).getTime()) : ms;
  return (
    <span className={`tabular font-mono text-[0.92em] whitespace-nowrap ${className}`}>{formatDuration(shown)}</span>
  );
}
