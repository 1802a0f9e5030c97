import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

export interface TabItem {
  value: string;
  label: ReactNode;
  content: ReactNode;
}

export interface TabsProps {
  /** What the tabs are about, for screen readers. */
  label: string;
  items: readonly TabItem[];
  value: string;
  /** Usually writes to the address, so that a copied link shows the same tab. */
  onChange: (value: string) => void;
  /** Beside the tabs, at the end. */
  actions?: ReactNode;
  className?: string;
}

/** What one tab looks like; `data-state=active`, `aria-current` and `data-status=active` mark the chosen one. */
export const tabLooks =
  'text-muted hover:text-text -mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-1 font-medium no-underline ' +
  'data-[state=active]:border-accent data-[state=active]:text-text aria-[current=page]:border-accent aria-[current=page]:text-text focus-visible:outline-offset-[-2px]';

/** Panels of which one is shown. The chosen panel fills the height that is left. */
export function Tabs({ label, items, value, onChange, actions, className }: TabsProps) {
  return (
    <Radix.Root value={value} onValueChange={onChange} className={classNames('flex min-h-0 flex-col', className)}>
      <div className="flex items-center gap-3 border-b px-4">
        <Radix.List aria-label={label} className="flex min-w-0 flex-1 gap-4 overflow-x-auto">
          {items.map((item) => (
            <Radix.Trigger key={item.value} value={item.value} className={tabLooks}>
              {item.label}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {actions}
      </div>
      {items.map((item) => (
        <Radix.Content
          key={item.value}
          value={item.value}
          className="min-h-0 flex-1 focus-visible:outline-offset-[-2px]"
        >
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
