import { classNames } from '@/shared/ui/class-names';

export interface MeterBarProps {
  /** What is measured, for screen readers. */
  label: string;
  used: number;
  /** Set aside beside what is used. */
  reserved?: number;
  /** Null: no limit, so there is nothing to fill. */
  limit: number | null;
  /** The state in words. */
  words: string;
}

const NEARLY = 0.8;

/** How full something is; the words beside it say the same. */
export function MeterBar({ label, used, reserved = 0, limit, words }: MeterBarProps) {
  if (limit === null) return null;
  const share = (amount: number) => (limit === 0 ? 100 : Math.min(100, (amount / limit) * 100));
  const taken = limit === 0 ? 1 : (used + reserved) / limit;
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={limit}
      aria-valuenow={Math.min(used + reserved, limit)}
      aria-valuetext={words}
      className="bg-sunken flex h-2 w-full overflow-hidden rounded-full border"
    >
      <span
        className={classNames('h-full', taken >= 1 ? 'bg-danger' : taken >= NEARLY ? 'bg-warning' : 'bg-accent')}
        style={{ width: `${share(used)}%` }}
      />
      {reserved > 0 && (
        <span className="wait-bar h-full" style={{ width: `${Math.min(share(reserved), 100 - share(used))}%` }} />
      )}
    </div>
  );
}
