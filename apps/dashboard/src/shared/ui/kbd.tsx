import { isMac } from './shortcuts';

const NAMES: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  Escape: 'Esc',
};

/** Keys the way they are printed: `mod+k`, `g r`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-1">
      {keys.split(/[ +]/).map((key, index) => (
        <kbd
          key={index}
          className="text-muted bg-sunken inline-flex h-5 min-w-5 items-center justify-center rounded-sm border px-1 text-xs"
        >
          {NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
        </kbd>
      ))}
    </span>
  );
}
