/** Why a text is no calculation, or has no result. */
export class CalculationError extends Error {
  override readonly name = 'CalculationError';

  constructor(
    message: string,
    /** Position in the text, from 0, where known. */
    readonly at?: number,
  ) {
    super(message);
  }
}
