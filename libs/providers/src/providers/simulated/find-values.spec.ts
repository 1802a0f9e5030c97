import { findAmounts, parseNumber } from './find-amounts.js';
import { findEmails, findPhones, findUrls } from './find-contacts.js';
import { findDates, findTimes } from './find-dates.js';
import { findNames, findOrganisations } from './find-names.js';
import type { Found } from './found.js';

const values = <T>(found: readonly Found<T>[]): T[] => found.map((item) => item.value);

describe('what is found in a text', () => {
  it('dates in their many spellings', () => {
    const text =
      '2026-03-12, 12.03.2026, 12. März 2026, March 12, 2026, 12th of March 2026, 25/12/2026, 12/25/2026, 31.02.2026, 1.4.26';
    expect(values(findDates(text))).toEqual([
      '2026-03-12',
      '2026-03-12',
      '2026-03-12',
      '2026-03-12',
      '2026-03-12',
      '2026-12-25',
      '2026-12-25',
      '2026-04-01',
    ]);
    expect(values(findTimes('at 9:30 am, 14:05, 7.15 Uhr, 12:00 pm'))).toEqual([
      '09:30:00',
      '14:05:00',
      '07:15:00',
      '12:00:00',
    ]);
  });

  it('amounts with their currency', () => {
    expect(values(findAmounts('€1,234.50 and 1.234,50 EUR, $20, CHF 3’000? 5 dollars'.replace('’', "'")))).toEqual([
      { number: 1234.5, currency: 'EUR' },
      { number: 1234.5, currency: 'EUR' },
      { number: 20, currency: 'USD' },
      { number: 3000, currency: 'CHF' },
      { number: 5, currency: 'USD' },
    ]);
  });

  it.each([
    ['1,234', 1234],
    ['0.125', 0.125],
    ['1.234.567', 1234567],
    ['12,5', 12.5],
    ["1'000.25", 1000.25],
    ['1 000,5', 1000.5],
  ])('the number in %s', (text, number) => expect(parseNumber(text)).toBe(number));

  it('addresses and numbers to reach somebody', () => {
    const text =
      'Write to anna.b+x@mail.example.org, see https://example.org/a?b=1. Phone: 0341 998877, +49 (341) 555-0123; order 20260312, on 2026-03-12.';
    expect(values(findEmails(text))).toEqual(['anna.b+x@mail.example.org']);
    expect(values(findUrls(text))).toEqual(['https://example.org/a?b=1']);
    expect(values(findPhones(text))).toEqual(['0341 998877', '+49 (341) 555-0123']);
  });

  it('people and companies by what stands around them', () => {
    expect(
      values(findNames('Dear Ms Keller,\n\nmy name is Jonas Weber.')).map(({ name, role }) => `${name}: ${role}`),
    ).toEqual(['Jonas Weber: author', 'Keller: addressee']);
    expect(values(findNames('Viele Grüße, Sabine Krüger'))[0]?.name).toBe('Sabine Krüger');
    expect(values(findOrganisations('an order from Nordlicht Office GmbH and Acme Inc.'))).toEqual([
      'Nordlicht Office GmbH',
      'Acme Inc.',
    ]);
  });
});
