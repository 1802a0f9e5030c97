import { randomBytes } from 'node:crypto';

const TOKEN = /^[A-Za-z0-9_-]{32}$/;

/** 192 random bits: nobody finds an address by trying. */
export function makeWebhookToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Whether a text can be a token at all; what cannot costs no question to the database. */
export function isWebhookToken(text: string): boolean {
  return TOKEN.test(text);
}
