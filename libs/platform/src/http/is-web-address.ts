import { buildMessage, ValidateBy } from 'class-validator';

export const MAX_WEB_ADDRESS_CHARACTERS = 2_048;

/** Blanks and what is not ASCII must be percent-encoded, so that the address is sent as it was given. */
const PLAIN = /^[\x21-\x7e]+$/;

/** An address that requests can be sent to; whether it may be reached is decided when it is called. */
export const IsWebAddress = (): PropertyDecorator =>
  ValidateBy({
    name: 'isWebAddress',
    validator: {
      validate: isWebAddress,
      defaultMessage: buildMessage(
        (each) =>
          `${each}$property must be an absolute http or https URL of at most ${MAX_WEB_ADDRESS_CHARACTERS} characters, percent-encoded and without user name or password`,
      ),
    },
  });

export function isWebAddress(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > MAX_WEB_ADDRESS_CHARACTERS || !PLAIN.test(value)) return false;
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
