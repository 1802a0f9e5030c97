import { findAll, type Found, withoutOverlaps } from './found.js';

export interface Amount {
  readonly number: number;
  /** ISO 4217, or undefined when the sign is shared by several. */
  readonly currency: string;
}

const CURRENCIES: Readonly<Record<string, string>> = {
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  $: 'USD',
  us$: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  '£': 'GBP',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  chf: 'CHF',
  franken: 'CHF',
  francs: 'CHF',
  '¥': 'JPY',
  jpy: 'JPY',
  yen: 'JPY',
  inr: 'INR',
  '₹': 'INR',
  sek: 'SEK',
  nok: 'NOK',
  dkk: 'DKK',
  pln: 'PLN',
  czk: 'CZK',
  cad: 'CAD',
  aud: 'AUD',
};
const SIGN = Object.keys(CURRENCIES)
  .sort((one, other) => other.length - one.length)
  .map((sign) => sign.replace('$', '\\$'))
  .join('|');
const DIGITS = `\\d{1,3}(?:[.,' \u00a0]\\d{3}){1,4}(?:[.,]\\d{1,2})?|\\d{1,12}(?:[.,]\\d{1,2})?`;
const SIGN_FIRST = new RegExp(`(?<![\\p{L}\\d])(${SIGN})\\s?(-?(?:${DIGITS}))(?![\\d])`, 'giu');
const SIGN_LAST = new RegExp(`(?<![\\p{L}\\d.,])(-?(?:${DIGITS}))\\s?(${SIGN})(?!\\p{L})`, 'giu');
const NUMBER =
  /(?<![\p{L}\d.,_#/-])-?(?:\d{1,3}(?:[,.']\d{3}){1,4}(?:[.,]\d{1,6})?|\d{1,15}(?:[.,]\d{1,6})?)(?![\d\p{L}_/]|[-.,]\d)/gu;
const PERCENT = /(?<![\d.,])(\d{1,3}(?:[.,]\d{1,4})?)\s?(?:%|percent\b|prozent\b)/giu;

export function findAmounts(text: string): Found<Amount>[] {
  const amount = (digits: string, sign: string): Amount | undefined => {
    const number = parseNumber(digits);
    const currency = CURRENCIES[sign.toLowerCase()];
    return number === undefined || currency === undefined ? undefined : { number, currency };
  };
  return withoutOverlaps([
    ...findAll(text, SIGN_FIRST, (match) => amount(match[2]!, match[1]!)),
    ...findAll(text, SIGN_LAST, (match) => amount(match[1]!, match[2]!)),
  ]);
}

export function findNumbers(text: string): Found<number>[] {
  return findAll(text, NUMBER, (match) => parseNumber(match[0]));
}

export function findPercentages(text: string): Found<number>[] {
  return findAll(text, PERCENT, (match) => parseNumber(match[1]!));
}

/** Reads `1,234.50`, `1.234,50`, `1'234.50` and `1 234,50`; a lone mark before three digits separates thousands. */
export function parseNumber(written: string): number | undefined {
  const text = written.replace(/[' \u00a0]/g, '');
  const lastMark = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const decimals = text.length - lastMark - 1;
  const marks = text.replace(/[^.,]/g, '');
  const isMixed = marks.includes('.') && marks.includes(',');
  const isThousands = lastMark !== -1 && !isMixed && (marks.length > 1 || (decimals === 3 && !/^-?0[.,]/.test(text)));
  const whole = lastMark === -1 || isThousands ? text : text.slice(0, lastMark);
  const fraction = lastMark === -1 || isThousands ? '' : `.${text.slice(lastMark + 1)}`;
  const number = Number(whole.replace(/[.,]/g, '') + fraction);
  return Number.isFinite(number) ? number : undefined;
}
