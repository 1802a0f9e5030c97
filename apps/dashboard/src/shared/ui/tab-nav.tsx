import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';

export interface TabNavProps {
  /** What the tabs are about, for screen readers. */
  label: string;
  /** Links with `tabLooks`. */
  children: ReactNode;
}

/** Tabs that are addresses. Where they do not fit, they scroll, and the chosen one is brought into view. */
export function TabNav({ label, children }: TabNavProps) {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    nav.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <nav ref={nav} aria-label={label} className="-mx-1 flex gap-4 overflow-x-auto">
      {children}
    </nav>
  );
}
