import type { ReactNode } from 'react';

export interface EmptyStateProps {
  /** A lucide icon. */
  icon?: ReactNode;
  title: string;
  /** It is all there is on the page, so its title is the page's. */
  wholePage?: boolean;
  /** One sentence. */
  children?: ReactNode;
  /** One action; for a filter that matches nothing, the one that clears it. */
  action?: ReactNode;
}

/** Nothing here yet, or nothing that matches. */
export function EmptyState({ icon, title, wholePage, children, action }: EmptyStateProps) {
  const Title = wholePage ? 'h1' : 'p';
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-12 text-center">
      {icon && <span className="text-muted mb-2 [&_svg]:size-5">{icon}</span>}
      <Title className="font-medium">{title}</Title>
      {children && <div className="text-muted max-w-md">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
