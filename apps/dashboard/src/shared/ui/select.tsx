import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from './class-names';
import { controlLooks } from './input';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
  /** Choices of one group stand together under its name. */
  group?: string;
}

export interface SelectProps extends ComponentProps<'select'> {
  options: readonly SelectOption[];
  /** Shown as an empty first choice. */
  placeholder?: string;
}

/** One of several. The browser's own control: right on phones, with a keyboard and for screen readers. */
export function Select({ options, placeholder, className, ...rest }: SelectProps) {
  return (
    <span className={classNames('relative inline-flex w-full', className)}>
      <select className={classNames(controlLooks, 'h-8 appearance-none truncate pr-8')} {...rest}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {groupsOf(options).map(([group, choices]) =>
          group === undefined ? (
            choices.map(asChoice)
          ) : (
            <optgroup key={group} label={group}>
              {choices.map(asChoice)}
            </optgroup>
          ),
        )}
      </select>
      <ChevronDown aria-hidden className="text-muted pointer-events-none absolute top-2 right-2 size-4" />
    </span>
  );
}

const asChoice = ({ value, label, disabled }: SelectOption) => (
  <option key={value} value={value} disabled={disabled}>
    {label}
  </option>
);

/** Groups in the order of their first choice. */
function groupsOf(options: readonly SelectOption[]): [group: string | undefined, choices: SelectOption[]][] {
  const groups = new Map<string | undefined, SelectOption[]>();
  for (const option of options) groups.set(option.group, [...(groups.get(option.group) ?? []), option]);
  return [...groups];
}
