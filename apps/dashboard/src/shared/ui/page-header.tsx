import type { ReactNode } from 'react';

export interface PageHeaderProps {
  title: ReactNode;
  /** Before the title, small: where this belongs, as links. */
  above?: ReactNode;
  /** Under the title: marks, ids, times. */
  details?: ReactNode;
  /** Buttons at the end; the main one last. */
  actions?: ReactNode;
  /** Tabs under everything. */
  children?: ReactNode;
}

/** The head of a page: its only h1. */
export function PageHeader({ title, above, details, actions, children }: PageHeaderProps) {
  return (
    <header className="bg-surface shrink-0 border-b px-4 sm:px-6">
      <div className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
        <div className="min-w-0 flex-1 basis-52">
          {above && <div className="text-muted text-sm">{above}</div>}
          <h1 className="truncate text-lg font-semibold">{title}</h1>
          {details && (
            <div className="text-muted mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">{details}</div>
          )}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </header>
  );
}
