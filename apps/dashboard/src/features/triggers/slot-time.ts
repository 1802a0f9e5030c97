/** `Mon 23 Nov 2026, 09:00` in the reader's zone: what a slot looks like on their wall. */
export function formatSlot(at: string): string {
  return new Date(at).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** The reader's own zone, `Europe/Berlin`. */
export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Zones to choose from, the reader's first; the server takes more names than these. */
export function knownZones(): string[] {
  return [...new Set([readersZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
