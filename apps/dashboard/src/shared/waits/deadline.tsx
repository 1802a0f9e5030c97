import { Timer } from 'lucide-react';
import { formatExactTime, formatRelativeTime } from '@/shared/format/format-time';
import { useNow } from '@/shared/format/use-now';
import { classNames } from '@/shared/ui/class-names';
import { Tooltip } from '@/shared/ui/tooltip';

const SOON_MS = 60 * 60_000;

/** When something decides itself; stands out in its last hour. */
export function Deadline({ at }: { at: string }) {
  const now = useNow(5000);
  const leftMs = Date.parse(at) - now;
  return (
    <Tooltip content={formatExactTime(at)}>
      <span
        className={classNames(
          'inline-flex items-center gap-1 whitespace-nowrap [&_svg]:size-3.5',
          leftMs < SOON_MS ? 'text-warning font-medium' : 'text-muted',
        )}
      >
        <Timer aria-hidden />
        {leftMs > 0 ? 'due' : 'was due'} {formatRelativeTime(at, now)}
      </span>
    </Tooltip>
  );
}
