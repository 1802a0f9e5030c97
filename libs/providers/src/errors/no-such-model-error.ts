import { ProviderError } from './provider-error.js';

/** The name does not lead to a model. The message says what would. */
export class NoSuchModelError extends ProviderError {
  constructor(
    readonly model: string,
    readonly why: string,
    readonly available: readonly string[],
  ) {
    super(
      'provider.no_such_model',
      `There is no model "${printable(model)}": ${why} Available: ${available.join(', ')}.`,
    );
  }
}

function printable(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}
