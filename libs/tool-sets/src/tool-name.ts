import { createHash } from 'node:crypto';

/** Two underscores end it in the names of tools, so it has none of its own. */
export const SLUG = /^[a-z0-9]+(_[a-z0-9]+)*$/;
export const MAX_SLUG = 24;
const SEPARATOR = '__';
/** The narrowest rule among model providers. */
const MAX_NAME = 64;

/** A slug made from the name of a set. */
export function slugFrom(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, MAX_SLUG);
  return words.replaceAll(/^_+|_+$/g, '') || 'tools';
}

/** The slug in the name of a tool; undefined for names that are no set's. */
export function slugOf(toolName: string): string | undefined {
  const end = toolName.indexOf(SEPARATOR);
  const slug = toolName.slice(0, end);
  return end > 0 && slug.length <= MAX_SLUG && SLUG.test(slug) ? slug : undefined;
}

/** What the names of all tools of a set begin with. */
export const namePrefix = (slug: string): string => `${slug}${SEPARATOR}`;

/** A name that models can call and that no other tool has. @param taken names that are not free */
export function toolName(slug: string, remoteName: string, taken: ReadonlySet<string>): string {
  const room = MAX_NAME - namePrefix(slug).length;
  const words = remoteName.replaceAll(/[^a-zA-Z0-9_-]+/g, '_').replaceAll(/^_+|_+$/g, '') || 'tool';
  const plain = `${namePrefix(slug)}${words}`;
  if (words.length <= room && !taken.has(plain)) return plain;
  // The same remote name gives the same name again, whatever else there is.
  const hash = createHash('sha256').update(remoteName).digest('hex').slice(0, 6);
  return `${namePrefix(slug)}${words.slice(0, room - hash.length - 1)}_${hash}`;
}
