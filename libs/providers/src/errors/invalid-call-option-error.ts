import { ProviderError } from './provider-error.js';

/** A call option lies outside what the model takes. Names the option, its bounds and what was given. */
export class InvalidCallOptionError extends ProviderError {
  constructor(
    readonly option: string,
    readonly expected: string,
    given: unknown,
  ) {
    super('provider.invalid_option', `${option} must be ${expected}; it was ${describe(given)}.`);
  }
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
