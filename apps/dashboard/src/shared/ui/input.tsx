import type { ComponentProps } from 'react';
import { classNames } from './class-names';

/** What every text control looks like; aria-invalid turns it red. */
export const controlLooks =
  'w-full rounded-md border border-line-control bg-surface px-2.5 text-text transition-colors duration-100 ' +
  'hover:border-muted focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-muted ' +
  'aria-invalid:border-danger [&[readonly]]:bg-sunken';

/** One line of text. Inside a {@link Field} it gets id, description and error by itself through the field's props. */
export function Input({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return <input type={type} className={classNames(controlLooks, 'h-8', className)} {...rest} />;
}
