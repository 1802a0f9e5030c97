import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names';
import { floatingLooks } from './popover';

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom' | 'right';
  className?: string;
  /** MenuItem, MenuLabel and MenuSeparator. */
  children: ReactNode;
}

/** A list of things to do. */
export function Menu({ trigger, align = 'end', side = 'bottom', className, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={classNames(
            floatingLooks,
            'max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto p-1',
            className,
          )}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface MenuItemProps {
  icon?: ReactNode;
  onSelect: () => void;
  disabled?: boolean;
  danger?: boolean;
  /** Shows a check mark: one of several. */
  checked?: boolean;
  shortcut?: string;
  children: ReactNode;
}

/** One line of a menu. */
export function MenuItem({ icon, onSelect, disabled, danger, checked, shortcut, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      disabled={disabled}
      onSelect={onSelect}
      aria-checked={checked}
      className={classNames(
        'flex h-8 cursor-default items-center gap-2 rounded-sm px-2 outline-none select-none [&_svg]:size-4 [&_svg]:shrink-0',
        'data-highlighted:bg-hover data-disabled:opacity-50',
        danger ? 'text-danger' : '[&_svg]:text-muted',
      )}
    >
      {icon}
      <span className="flex-1 truncate">{children}</span>
      {checked && <Check aria-label="Selected" />}
      {shortcut && <span className="text-muted text-xs">{shortcut}</span>}
    </DropdownMenu.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="text-muted truncate px-2 py-1 text-sm">{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="bg-line -mx-1 my-1 h-px" />;
}
