import { Check, CircleAlert, LoaderCircle, TriangleAlert } from 'lucide-react';
import { formatRelativeTime } from '@/shared/format/format-time';
import { useNow } from '@/shared/format/use-now';
import { Button } from '@/shared/ui/button';
import type { SaveState } from './draft-autosave';

/** Whether what was drawn is on the server: "Saved 12 s ago", "Saving", "Not saved: …". */
export function SaveMark({ state, onRetry }: { state: SaveState; onRetry: () => void }) {
  const now = useNow(state.phase === 'saved' && state.at !== null ? 1000 : 0);
  switch (state.phase) {
    case 'saved':
      return (
        <Mark icon={<Check className="text-success" />}>
          {state.at === null ? 'Saved' : `Saved ${formatSince(state.at, Math.max(now, state.at))}`}
        </Mark>
      );
    case 'waiting':
    case 'saving':
      return <Mark icon={<LoaderCircle className="animate-spin" />}>Saving</Mark>;
    case 'conflict':
      return <Mark icon={<TriangleAlert className="text-warning" />}>Not saved: somebody else changed the draft</Mark>;
    case 'failed':
      return (
        <span role="alert" className="flex min-w-0 items-center gap-2">
          <Mark icon={<CircleAlert className="text-danger" />} title={state.message}>
            Not saved: {state.message}
          </Mark>
          <Button size="sm" onClick={onRetry}>
            Save again
          </Button>
        </span>
      );
  }
}

function formatSince(at: number, now: number): string {
  const seconds = Math.floor((now - at) / 1000);
  return seconds < 1 ? 'just now' : seconds < 60 ? `${seconds} s ago` : formatRelativeTime(at, now);
}

function Mark({ icon, title, children }: { icon: React.ReactNode; title?: string; children: React.ReactNode }) {
  return (
    <span
      title={title}
      className="text-muted flex min-w-0 items-center gap-1.5 text-sm [&_svg]:size-4 [&_svg]:shrink-0"
    >
      {icon}
      <span className="tabular truncate">{children}</span>
    </span>
  );
}
