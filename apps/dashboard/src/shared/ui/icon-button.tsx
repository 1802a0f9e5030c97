import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';
import { Tooltip, type TooltipProps } from './tooltip';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** What it does, as a verb: the accessible name and the tooltip. */
  label: string;
  /** A lucide icon; drawn at 16 px. */
  icon: ReactNode;
  /** Shown beside the label in the tooltip. */
  shortcut?: string;
  size?: 'sm' | 'md';
  tooltipSide?: TooltipProps['side'];
  /** Pressed state of a toggle. */
  pressed?: boolean;
}

/** An icon to press, never without a word. Targets are 24 px (sm) or 32 px (md). */
export function IconButton({
  label,
  icon,
  shortcut,
  size = 'md',
  tooltipSide,
  pressed,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={shortcut ? `${label} (${shortcut})` : label} side={tooltipSide}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(
          'text-muted hover:bg-hover hover:text-text inline-flex shrink-0 items-center justify-center rounded-md transition-colors duration-100',
          'disabled:opacity-40 disabled:hover:bg-transparent [&_svg]:size-4',
          pressed && 'bg-selected text-text',
          size === 'sm' ? 'size-6' : 'size-8',
          className,
        )}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
