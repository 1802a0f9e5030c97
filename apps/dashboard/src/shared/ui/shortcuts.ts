import { useEffect, useRef, useSyncExternalStore } from 'react';

/** One line of the `?` sheet. */
export interface Shortcut {
  /** `j`, `?`, `Escape`, `mod+k` (Ctrl or ⌘), or a sequence such as `g r`. */
  keys: string;
  label: string;
  group: string;
}

interface Registration extends Shortcut {
  run: (event: KeyboardEvent) => void;
  whileTyping: boolean;
}

const SEQUENCE_TIMEOUT_MS = 900;
const registrations: Registration[] = [];
const listeners = new Set<() => void>();
let listed: readonly Shortcut[] = [];
let firstKey: { key: string; at: number } | null = null;

export const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '');

/**
 * Binds keys while the component is on the page and lists them in the `?` sheet. The latest registration wins.
 * Single keys are ignored while somebody types or stands in a dialog or menu, unless `whileTyping` is set; keys with `mod+` always count.
 */
export function useShortcut(
  keys: string,
  run: (event: KeyboardEvent) => void,
  about: { label: string; group: string; enabled?: boolean; whileTyping?: boolean },
): void {
  const latest = useRef(run);
  latest.current = run;
  const { label, group, enabled = true, whileTyping = keys.startsWith('mod+') } = about;
  useEffect(() => {
    if (!enabled) return;
    const registration: Registration = { keys, label, group, whileTyping, run: (event) => latest.current(event) };
    registrations.push(registration);
    changed();
    return () => {
      registrations.splice(registrations.indexOf(registration), 1);
      changed();
    };
  }, [keys, label, group, enabled, whileTyping]);
}

/** Every key that works right now, without doubles. */
export function useShortcutList(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => listed);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(): void {
  const byKeys = new Map(registrations.map(({ keys, label, group }) => [keys, { keys, label, group }]));
  listed = [...byKeys.values()];
  for (const listener of listeners) listener();
}

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
  const typing = isTyping(event.target);
  const pressed = nameOf(event);
  const sequence =
    firstKey && event.timeStamp - firstKey.at < SEQUENCE_TIMEOUT_MS ? `${firstKey.key} ${pressed}` : null;
  firstKey = null;
  const usable = registrations.filter((each) => !typing || each.whileTyping);
  const match = usable.findLast((each) => each.keys === sequence) ?? usable.findLast((each) => each.keys === pressed);
  if (match) {
    event.preventDefault();
    match.run(event);
  } else if (usable.some((each) => each.keys.startsWith(`${pressed} `))) {
    firstKey = { key: pressed, at: event.timeStamp };
  }
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : '';
  const shift = mod && event.shiftKey ? 'shift+' : '';
  return `${mod}${shift}${event.altKey ? 'alt+' : ''}${key}`;
}

/** Also inside of what floats above the page: its keys are its own. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  return target.closest('[role=dialog], [role=alertdialog], [role=menu]') !== null;
}

globalThis.addEventListener?.('keydown', handle);
