import type { TimelineLog } from '@/shared/live/execution-timeline';
import { classNames } from '@/shared/ui/class-names';
import { CopyButton } from '@/shared/ui/copy-button';

const LEVELS: Record<string, string> = { error: 'text-danger', warn: 'text-warning' };
const SHOWN = 500;

/** The lines that a step logged, oldest first; of very many the last ones. */
export function LogList({ logs, originMs }: { logs: readonly TimelineLog[]; originMs: number }) {
  if (logs.length === 0) return <p className="text-muted p-4">The step logged nothing.</p>;
  const shown = logs.slice(-SHOWN);
  return (
    <div className="p-4">
      <div className="flex items-center justify-between">
        <p className="text-muted text-sm">
          {shown.length < logs.length ? `The last ${SHOWN} of ${logs.length} lines` : `${logs.length} lines`}
        </p>
        <CopyButton text={logs.map((line) => `${line.at} ${line.level} ${line.message}`).join('\n')} label="log" />
      </div>
      <ol className="mt-1 flex flex-col font-mono text-sm">
        {shown.map((line) => (
          <li key={line.seq} className="flex gap-3 border-b py-1 last:border-b-0">
            <span className="text-muted tabular shrink-0">{offsetText(Date.parse(line.at) - originMs)}</span>
            <span className={classNames('w-11 shrink-0', LEVELS[line.level] ?? 'text-muted')}>{line.level}</span>
            <span className="min-w-0 break-words whitespace-pre-wrap">{line.message}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** A moment as seconds since the start: `+1.250 s`. */
export function offsetText(ms: number): string {
  return `+${(Math.max(0, ms) / 1000).toFixed(3)} s`;
}
