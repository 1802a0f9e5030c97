/**
 * How long a provider asks us to wait, from either form of Retry-After (seconds or a date) or from OpenAI's
 * millisecond header. A date in the past means now.
 */
export function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
  const milliseconds = headers?.get('retry-after-ms');
  if (milliseconds && Number.isFinite(Number(milliseconds))) return Math.max(0, Math.round(Number(milliseconds)));
  const value = headers?.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d{1,9}(?:\.\d{1,6})?$/.test(value)) return Math.round(Number(value) * 1_000);
  // Date.parse reads dates into bare numbers; every HTTP date names its month.
  const moment = /[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now);
}
