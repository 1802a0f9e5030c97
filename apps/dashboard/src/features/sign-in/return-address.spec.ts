import { describe, expect, it } from 'vitest';
import { returnAddress } from './return-address';

describe('the address after signing in', () => {
  it('is the one that was asked for', () => expect(returnAddress('/runs/1?tab=json')).toBe('/runs/1?tab=json'));

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/sign-in?link=x',
    '',
    undefined,
  ])('is home instead of %s', (asked) => expect(returnAddress(asked)).toBe('/'));
});
