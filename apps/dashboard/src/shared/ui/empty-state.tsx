import type { ReactNode } from 'react';

export interface EmptyStateProps {
  /** A lucide icon. */
  icon?: ReactNode;
  title: string;
  /** One sentence. */
  children?: ReactNode;
  /** One action; for a filter that matches nothing, the one that clears it. */
  action?: ReactNode;
}

/** Nothing here yet, or nothing that matches. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-12 text-center">
      {icon && <span className="text-muted mb-2 [&_svg]:size-5">{icon}</span>}
      <p className="font-medium">{title}</p>
      {children && <div className="text-muted max-w-md">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
