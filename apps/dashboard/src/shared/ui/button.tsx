import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: 'sm' | 'md';
  /** A lucide icon before the words. */
  icon?: ReactNode;
  /** Work is under way: shows it and takes no second press, but keeps its place and focus. */
  pending?: boolean;
  /** Renders the only child (a Link) with the button's looks. */
  asChild?: boolean;
}

const LOOKS: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  secondary: 'bg-surface text-text border-line-control/60 hover:bg-hover',
  quiet: 'bg-transparent text-text border-transparent hover:bg-hover',
  danger: 'bg-danger text-on-danger border-transparent hover:brightness-110',
};

const SIZES = { sm: 'h-7 px-2 text-sm gap-1.5', md: 'h-8 px-3 text-base gap-2' };

/** What a button looks like, for things that must be a link or a trigger of another library. */
export function buttonLooks(variant: ButtonVariant = 'secondary', size: 'sm' | 'md' = 'md'): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap no-underline select-none',
    'transition-colors duration-100 disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
    LOOKS[variant],
    SIZES[size],
  );
}

/** A verb to press. `type` is "button" unless said otherwise, so that none submits a form by accident. */
export function Button({
  variant = 'secondary',
  size = 'md',
  icon,
  pending,
  asChild,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const looks = classNames(buttonLooks(variant, size), className);
  if (asChild) {
    return (
      <Slot.Root className={looks} onClick={onClick} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={looks}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {pending ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      {children}
    </button>
  );
}
