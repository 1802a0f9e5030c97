/**
 * Control characters other than tab and line end, characters without width, those that turn the direction of reading, and hidden tags:
 * what a model reads and no person sees.
 */
const UNSEEN =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;
const HALVES = /[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g;

/** A stranger's text as people and models may see it, at most so many characters long. */
export function cleanText(text: string, maxLength: number): string {
  // Longer than this it is cut anyway; nobody cleans megabytes.
  const some = text.slice(0, maxLength * 4);
  const seen = withoutHalves(some).replace(UNSEEN, '').trim();
  return seen.length <= maxLength ? seen : `${withoutHalves(seen.slice(0, maxLength - 1))}…`;
}

/** Halves of characters cannot be stored. */
const withoutHalves = (text: string): string => text.replace(HALVES, (found) => (found.length === 2 ? found : ''));
