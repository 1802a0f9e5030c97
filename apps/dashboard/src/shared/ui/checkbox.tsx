import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: ReactNode;
  hint?: ReactNode;
}

/** A yes or no that is sent with a form; for what acts at once use a Switch. */
export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  return (
    <label className={classNames('flex min-h-6 items-start gap-2', className)}>
      <input type="checkbox" className="accent-accent mt-1 size-4 shrink-0" {...rest} />
      <span>
        {label}
        {hint && <span className="text-muted block text-sm">{hint}</span>}
      </span>
    </label>
  );
}
