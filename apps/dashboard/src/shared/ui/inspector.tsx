import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button';

export interface InspectorProps {
  title: ReactNode;
  /** Under the title: kind, ids, marks. */
  details?: ReactNode;
  actions?: ReactNode;
  onClose?: () => void;
  children: ReactNode;
}

/** The panel at the right that follows the selection. Scrolls by itself; stands in a SplitPane or a grid column. */
export function Inspector({ title, details, actions, onClose, children }: InspectorProps) {
  return (
    <section aria-label="Inspector" className="bg-surface flex h-full min-h-0 flex-col">
      <div className="flex min-h-11 shrink-0 items-center gap-2 border-b px-4 py-1.5">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-medium">{title}</h2>
          {details && <div className="text-muted flex flex-wrap items-center gap-x-3 text-sm">{details}</div>}
        </div>
        {actions}
        {onClose && <IconButton label="Close inspector" icon={<X />} onClick={onClose} />}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </section>
  );
}
