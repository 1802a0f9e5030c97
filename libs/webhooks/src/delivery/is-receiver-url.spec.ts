import { isReceiverUrl, MAX_RECEIVER_URL_CHARACTERS } from './is-receiver-url.js';

const long = (characters: number): string => `https://example.org/${'a'.repeat(characters - 20)}`;

describe('The address of a receiver', () => {
  it.each([
    'https://example.org/done',
    'http://127.0.0.1:8080/done?token=1',
    'https://[2001:db8::1]/',
    'http://receiver/',
    long(MAX_RECEIVER_URL_CHARACTERS),
  ])('may be %s', (url) => {
    expect(isReceiverUrl(url)).toBe(true);
  });

  it.each([
    '',
    'example.org',
    '/done',
    'ftp://example.org',
    'javascript:alert(1)',
    'https://',
    'https://ada:secret@example.org/',
    'https://example.org/a b',
    'https://example.org/\u0000',
    'https://example.org/grüße',
    long(MAX_RECEIVER_URL_CHARACTERS + 1),
    7,
    {},
  ])('may not be %p', (url) => {
    expect(isReceiverUrl(url)).toBe(false);
  });
});
