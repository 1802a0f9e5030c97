import type { ReactNode } from 'react';

/** A panel that scrolls by itself and can be scrolled by keyboard. */
export function Scrolling({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="h-full overflow-y-auto focus-visible:outline-offset-[-2px] max-lg:max-h-[60vh]"
    >
      {children}
    </div>
  );
}
