import { Switch as Radix } from 'radix-ui';

export interface SwitchProps {
  label: string;
  /** Which of several it is, for screen readers. */
  about?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** On or off, at once. */
export function Switch({ label, about, checked, onChange, disabled }: SwitchProps) {
  return (
    <label className="inline-flex min-h-6 items-center gap-2">
      <Radix.Root
        aria-label={about === undefined ? undefined : `${label}: ${about}`}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="border-line-control data-[state=checked]:bg-accent data-[state=checked]:border-accent bg-sunken h-5 w-9 shrink-0 rounded-full border p-px transition-colors disabled:opacity-50"
      >
        <Radix.Thumb className="bg-muted data-[state=checked]:bg-on-accent block size-4 rounded-full transition-transform data-[state=checked]:translate-x-4" />
      </Radix.Root>
      <span>{label}</span>
    </label>
  );
}
