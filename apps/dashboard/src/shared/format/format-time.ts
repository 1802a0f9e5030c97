const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `just now`, `12 s ago`, `4 min ago`, `3 h ago`, `2 d ago`, then the date; `in 3 d` for what is to come. */
export function formatRelativeTime(at: string | number | Date, now: number): string {
  const moment = new Date(at).getTime();
  if (Number.isNaN(moment)) return 'unknown';
  const distance = Math.abs(now - moment);
  if (distance < 5 * SECOND) return 'just now';
  if (distance >= 7 * DAY) return formatDate(moment);
  const text = amount(distance);
  return moment <= now ? `${text} ago` : `in ${text}`;
}

/** The exact moment in the reader's zone, zone named: `21 Nov 2026, 03:19:34.120 UTC`. */
export function formatExactTime(at: string | number | Date): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return 'unknown';
  return moment.toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  });
}

/** `21 Nov 2026` in the reader's zone. */
export function formatDate(at: string | number | Date): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

function amount(distance: number): string {
  if (distance < MINUTE) return `${Math.floor(distance / SECOND)} s`;
  if (distance < HOUR) return `${Math.floor(distance / MINUTE)} min`;
  if (distance < DAY) return `${Math.floor(distance / HOUR)} h`;
  return `${Math.floor(distance / DAY)} d`;
}
