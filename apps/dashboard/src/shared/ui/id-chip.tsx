import { CopyButton } from './copy-button';
import { Tooltip } from './tooltip';

/** An id, shortened in the middle of a sentence, whole on hover, with its copy button. */
export function IdChip({ id, label = 'id', short = true }: { id: string; label?: string; short?: boolean }) {
  const shown = short && id.length > 14 ? `${id.slice(0, 4)}…${id.slice(-6)}` : id;
  return (
    <span className="inline-flex items-center gap-0.5">
      <Tooltip content={<span className="font-mono">{id}</span>}>
        <span tabIndex={-1} className="text-muted font-mono text-xs">
          {shown}
        </span>
      </Tooltip>
      <CopyButton text={id} label={label} />
    </span>
  );
}
