import { distinctSlugOf, slugOf } from './slug.js';

describe('slugs', () => {
  it.each([
    ['Acme', 'acme'],
    ['  Ünïted Tools, Ltd. ', 'united-tools-ltd'],
    ['東京', 'org'],
    ['../../etc', 'etc'],
    [`${'a'.repeat(47)} b`, 'a'.repeat(47)],
  ])('make "%s" readable', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('become distinct by their ending', () => {
    expect(distinctSlugOf('Acme')).toMatch(/^acme-[0-9a-f]{8}$/);
    expect(distinctSlugOf('Acme')).not.toBe(distinctSlugOf('Acme'));
  });
});
