import { findAll, type Found, withoutOverlaps } from './found.js';

const MONTHS =
  `jan january januar jänner|feb february februar|mar march märz mär|apr april|may mai|jun june juni|jul july juli|
aug august|sep sept september|oct october okt oktober|nov november|dec december dez dezember`
    .split('|')
    .map((names) => names.trim().split(/\s+/));
const MONTH = MONTHS.flat()
  .sort((one, other) => other.length - one.length)
  .join('|');

const ISO =
  /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(Z|[+-]\d{2}:?\d{2})?)?(?!\d)/g;
const DOTTED = /(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?![\d])/g;
const SLASHED = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?![\d/])/g;
const DAY_MONTH = new RegExp(
  `(?<![\\p{L}\\d])(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s{1,2}(?:of\\s)?(${MONTH})\\.?,?\\s{1,2}(\\d{4})(?!\\d)`,
  'giu',
);
const MONTH_DAY = new RegExp(
  `(?<!\\p{L})(${MONTH})\\.?\\s{1,2}(\\d{1,2})(?:st|nd|rd|th)?,?\\s{1,2}(\\d{4})(?!\\d)`,
  'giu',
);
const TIME = /(?<![\d:])([01]?\d|2[0-3])[:.]([0-5]\d)(?::([0-5]\d))?\s?(am|pm|a\.m\.|p\.m\.|Uhr)?(?![\d.])/gi;

/** Dates with a year, as `YYYY-MM-DD`. Of `03/04/2026` nobody can tell; it is read day first unless that is impossible. */
export function findDates(text: string): Found<string>[] {
  return withoutOverlaps([
    ...findAll(text, ISO, (match) => isoDate(match[1]!, match[2]!, match[3]!)),
    ...findAll(text, DOTTED, (match) => isoDate(match[3]!, match[2]!, match[1]!)),
    ...findAll(
      text,
      SLASHED,
      (match) => isoDate(match[3]!, match[2]!, match[1]!) ?? isoDate(match[3]!, match[1]!, match[2]!),
    ),
    ...findAll(text, DAY_MONTH, (match) => isoDate(match[3]!, monthNumber(match[2]!), match[1]!)),
    ...findAll(text, MONTH_DAY, (match) => isoDate(match[3]!, monthNumber(match[1]!), match[2]!)),
  ]);
}

/** Times of day as `HH:MM:SS`. */
export function findTimes(text: string): Found<string>[] {
  return findAll(text, TIME, (match) => {
    const isMarked = match[0].includes(':') || match[4] !== undefined;
    if (!isMarked) return undefined;
    const isAfternoon = /^p/i.test(match[4] ?? '') && Number(match[1]) < 12;
    const isMidnight = /^a/i.test(match[4] ?? '') && Number(match[1]) === 12;
    const hour = isMidnight ? 0 : Number(match[1]) + (isAfternoon ? 12 : 0);
    return `${String(hour).padStart(2, '0')}:${match[2]}:${match[3] ?? '00'}`;
  });
}

function monthNumber(name: string): string {
  return String(MONTHS.findIndex((names) => names.includes(name.toLowerCase())) + 1);
}

function isoDate(year: string, month: string, day: string): string | undefined {
  const fullYear = year.length === 2 ? `20${year}` : year;
  const iso = `${fullYear}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const moment = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : undefined;
}
