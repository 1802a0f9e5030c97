import { plainFields, valuesOf } from './cron-fields.js';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const MAX_TIMES = 6;

/** What a cron expression means, in a sentence without its full stop: "At 09:00, Monday to Friday". */
export function cronInWords(cron: string): string {
  const [minute, hour, day, month, weekday] = plainFields(cron) ?? [];
  if (minute === undefined || hour === undefined) return cron;
  return [timeWords(minute, hour), dayWords(day ?? '*', weekday ?? '*'), monthWords(month ?? '*')]
    .filter((words) => words !== '')
    .join(', ');
}

function timeWords(minute: string, hour: string): string {
  const [minutes, hours] = [valuesOf(minute, 60), valuesOf(hour, 24)];
  if (!minutes || !hours) return `At minute ${minute} of hour ${hour}`;
  const [, step] = /^\*\/(\d+)$/.exec(minute) ?? [];
  const often = minutes.length === 60 ? 'Every minute' : step !== undefined && `Every ${step} minutes`;
  if (hours.length === 24) return often || `Every hour at ${listed(minutes.map((value) => `:${padded(value)}`))}`;
  const times = hours.flatMap((h) => minutes.map((m) => `${padded(h)}:${padded(m)}`));
  if (times.length <= MAX_TIMES) return `At ${listed(times)}`;
  const [, hourStep] = /^\*\/(\d+)$/.exec(hour) ?? [];
  const inHours =
    hourStep === undefined ? `in the hours from ${listed(spans(hours, padded))}` : `in every ${ordinal(hourStep)} hour`;
  return `${often || `At ${listed(minutes.map((value) => `:${padded(value)}`))}`} ${inHours}`;
}

function dayWords(day: string, weekday: string): string {
  const days = day === '*' ? '' : day === 'L' ? 'on the last day of the month' : `on day ${spelled(day)} of the month`;
  const weekdays = weekday === '*' ? '' : namesOf(weekday, DAYS, 0);
  return [days, weekdays].filter((words) => words !== '').join(' or ');
}

function monthWords(month: string): string {
  return month === '*' ? '' : `in ${namesOf(month, MONTHS, 1)}`;
}

/** Lists and ranges of numbers or short names in full; anything else as it stands. */
function namesOf(field: string, names: readonly string[], first: number): string {
  const nameOf = (text: string): string | undefined =>
    /^\d+$/.test(text)
      ? names[Number(text) - first]
      : names.find((name) => name.slice(0, 3).toLowerCase() === text.toLowerCase());
  const parts = field.split(',').map((part) => {
    const ends = part.split('-').map(nameOf);
    return ends.length <= 2 && ends.every((name) => name !== undefined) ? ends.join(' to ') : part;
  });
  return listed(parts);
}

/** `8, 9, 10, 14` as spans: `8 to 10`, `14`. */
function spans(values: readonly number[], show: (value: number) => string): string[] {
  const found: [number, number][] = [];
  for (const value of values) {
    const last = found.at(-1);
    if (last && last[1] + 1 === value) last[1] = value;
    else found.push([value, value]);
  }
  return found.map(([from, to]) => (from === to ? show(from) : `${show(from)} to ${show(to)}`));
}

const spelled = (field: string): string => listed(field.split(',').map((part) => part.replace('-', ' to ')));

const padded = (value: number): string => String(value).padStart(2, '0');

function ordinal(number: string): string {
  return number === '2' ? 'second' : number === '3' ? 'third' : `${number}th`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
