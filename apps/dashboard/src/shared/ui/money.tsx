import { formatExactMoney, formatMoney } from '@/shared/format/format-money';
import { Tooltip } from './tooltip';

/** `$0.0042`, the exact micro-USD on hover; null is "unknown". */
export function Money({ microUsd }: { microUsd: number | null | undefined }) {
  return (
    <Tooltip content={formatExactMoney(microUsd)}>
      <span className="tabular whitespace-nowrap">{formatMoney(microUsd)}</span>
    </Tooltip>
  );
}
