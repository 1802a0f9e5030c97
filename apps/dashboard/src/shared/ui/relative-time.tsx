import { formatExactTime, formatRelativeTime } from '@/shared/format/format-time';
import { useNow } from '@/shared/format/use-now';
import { Tooltip } from './tooltip';

/** `4 min ago`, the exact moment on hover. `empty` stands for what has not happened. */
export function RelativeTime({ at, empty = '–' }: { at: string | number | null | undefined; empty?: string }) {
  const now = useNow(5000);
  if (at === null || at === undefined) return <span className="text-muted">{empty}</span>;
  return (
    <Tooltip content={formatExactTime(at)}>
      <time dateTime={new Date(at).toISOString()} className="tabular whitespace-nowrap">
        {formatRelativeTime(at, now)}
      </time>
    </Tooltip>
  );
}
