import { isObject } from '../schemas/schema-parts.js';

const WORDS = ['detail', 'message', 'error_description', 'error', 'title', 'errors'];
const MAX_DEPTH = 4;

/** What an API that we know nothing of says about a refusal: the first words in the places where APIs put them. */
export function saidIn(body: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) return '';
  if (typeof body === 'string') return body.trim().startsWith('<') ? '' : body.trim();
  if (Array.isArray(body)) return saidIn(body[0], depth + 1);
  if (!isObject(body)) return '';
  for (const name of WORDS) {
    const said = name in body ? saidIn(body[name], depth + 1) : '';
    if (said !== '') return said;
  }
  return '';
}
