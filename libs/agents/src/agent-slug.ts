import { randomBytes } from 'node:crypto';

export const MAX_SLUG_LENGTH = 64;

/** What clients write as `model`: lower case, digits and single hyphens, so that it never looks like `provider/model` or `slug@version`. */
export const SLUG_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** `Ünïted Support` → `united-support`; `agent` when nothing readable is left. */
export function slugOfAgent(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'agent' : slug;
}

/** The same with an ending that hardly any other agent has. */
export function distinctSlugOfAgent(name: string): string {
  return `${slugOfAgent(name)}-${randomBytes(4).toString('hex')}`;
}
