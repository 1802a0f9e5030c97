import { pointerParts, pointerOf } from './graph/json-pointer';

const FOCUSABLE =
  'input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [contenteditable="true"], button:not([disabled])';
const TRIES = 30;
const EVERY_MS = 50;

/**
 * Puts the cursor into the field for a pointer, or the nearest one around it. Fields carry `data-field`.
 * Editors arrive in their own chunk, so it tries for a moment.
 */
export function focusField(root: HTMLElement, field: string, tries = TRIES): void {
  for (const parts = pointerParts(field); ; parts.pop()) {
    const place = root.querySelector(`[data-field="${CSS.escape(pointerOf(...parts))}"]`);
    const target = place?.querySelector<HTMLElement>(FOCUSABLE);
    if (target) {
      target.focus();
      place?.scrollIntoView({ block: 'nearest' });
      return;
    }
    if (parts.length === 0) break;
  }
  if (tries > 0) setTimeout(() => focusField(root, field, tries - 1), EVERY_MS);
}
