import { randomBytes } from 'node:crypto';

/** `Ünïted Tools Ltd.` → `united-tools-ltd`; `org` when nothing readable is left. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'org' : slug;
}

/** The same slug with an ending that hardly anybody else has. */
export function distinctSlugOf(name: string): string {
  return `${slugOf(name)}-${randomBytes(4).toString('hex')}`;
}
