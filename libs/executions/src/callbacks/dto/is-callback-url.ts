import { buildMessage, ValidateBy } from 'class-validator';

export const MAX_CALLBACK_URL_CHARACTERS = 2_048;

/** Blanks and what is not ASCII must be percent-encoded, so that the address is sent as it was given. */
const PLAIN = /^[\x21-\x7e]+$/;

/** An address that can be called back; whether it may be reached is decided when it is called. */
export const IsCallbackUrl = (): PropertyDecorator =>
  ValidateBy({
    name: 'isCallbackUrl',
    validator: {
      validate: isCallbackUrl,
      defaultMessage: buildMessage(
        (each) =>
          `${each}$property must be an absolute http or https URL of at most ${MAX_CALLBACK_URL_CHARACTERS} characters, percent-encoded and without user name or password`,
      ),
    },
  });

export function isCallbackUrl(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > MAX_CALLBACK_URL_CHARACTERS || !PLAIN.test(value)) return false;
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
