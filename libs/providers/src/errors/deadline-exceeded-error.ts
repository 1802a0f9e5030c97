import { ProviderError } from './provider-error.js';

export type DeadlineName = 'connect' | 'first-token' | 'idle' | 'total';

const WHAT_WAS_AWAITED: Readonly<Record<DeadlineName, string>> = {
  connect: 'did not accept the call',
  'first-token': 'did not begin to answer',
  idle: 'fell silent in the middle of its answer',
  total: 'did not finish',
};

/** The model took too long; the connection has been closed. */
export class DeadlineExceededError extends ProviderError {
  constructor(
    readonly model: string,
    readonly deadline: DeadlineName,
    readonly limitMs: number,
    outputStarted: boolean,
  ) {
    super(
      `provider.${deadline.replace('-', '_')}_timeout`,
      `${model} ${WHAT_WAS_AWAITED[deadline]} within ${limitMs} ms.`,
      {
        retryable: true,
        outputStarted,
      },
    );
  }
}
