import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/shared/ui/icon-button';

export interface DetailPanelProps {
  title: ReactNode;
  details?: ReactNode;
  onClose?: () => void;
  children: ReactNode;
}

/** Where Enter in the list of steps leads. */
export const DETAIL_ID = 'run-detail';

/** The right side of the run page. Unlike the Inspector its content brings its own scrolling, so that text can be followed to its end. */
export function DetailPanel({ title, details, onClose, children }: DetailPanelProps) {
  return (
    <section
      id={DETAIL_ID}
      tabIndex={-1}
      aria-labelledby={`${DETAIL_ID}-title`}
      className="bg-surface flex h-full min-h-0 scroll-mt-2 flex-col focus-visible:outline-offset-[-2px]"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose?.();
      }}
    >
      <div className="flex min-h-13 shrink-0 items-center gap-2 border-b px-4 py-1.5">
        <div className="min-w-0 flex-1">
          <h2 id={`${DETAIL_ID}-title`} className="truncate font-medium">
            {title}
          </h2>
          {details && <div className="text-muted flex flex-wrap items-center gap-x-3 text-sm">{details}</div>}
        </div>
        {onClose && <IconButton label="Close" shortcut="Esc" icon={<X />} onClick={onClose} />}
      </div>
      <div className="min-h-0 flex-1">{children}</div>
    </section>
  );
}
