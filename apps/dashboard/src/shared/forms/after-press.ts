let pressed = false;
const waiting: (() => void)[] = [];

globalThis.addEventListener?.('pointerdown', () => (pressed = true), { capture: true });
for (const end of ['pointerup', 'pointercancel'] as const) {
  globalThis.addEventListener?.(end, release, { capture: true });
}

/**
 * Runs work at once, or, while a mouse button or finger is down, after the click that it makes. Leaving a field by pressing a button
 * shows the field's problem; if that moved the button away before it is let go, the press would be lost.
 */
export function afterPress(work: () => void): void {
  if (pressed) waiting.push(work);
  else work();
}

function release(): void {
  pressed = false;
  const due = waiting.splice(0);
  // The click comes right after pointerup, still in this turn of the browser.
  if (due.length > 0) setTimeout(() => due.forEach((work) => work()));
}
