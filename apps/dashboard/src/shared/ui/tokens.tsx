import type { Usage } from '@/shared/api/generated/schema';
import { formatTokens } from '@/shared/format/format-tokens';
import { Tooltip } from './tooltip';

/** `1.2 k in · 340 out`, the exact counts on hover. */
export function Tokens({ usage }: { usage: Usage | null | undefined }) {
  if (!usage) return <span>unknown</span>;
  const exact = `${usage.inputTokens.toLocaleString('en-US')} in (${usage.cachedInputTokens.toLocaleString('en-US')} cached), ${usage.outputTokens.toLocaleString('en-US')} out`;
  return (
    <Tooltip content={exact}>
      <span className="tabular whitespace-nowrap">{formatTokens(usage)}</span>
    </Tooltip>
  );
}
