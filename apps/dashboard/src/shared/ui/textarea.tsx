import type { ComponentProps } from 'react';
import { classNames } from './class-names';
import { controlLooks } from './input';

/** Several lines of text; grows with its content where the browser can. */
export function Textarea({ className, rows = 4, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows}
      className={classNames(controlLooks, 'field-sizing-content min-h-16 py-1.5', className)}
      {...rest}
    />
  );
}
