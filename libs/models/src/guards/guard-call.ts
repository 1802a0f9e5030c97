import { invalid } from '#platform/errors';
import { estimateTokens, type Message, textOf } from '#providers';
import { checkInjection } from './check-injection.js';
import type { GuardAction, GuardVerdict } from './guard-verdict.js';
import { INJECTION_SIGNALS_VERSION } from './injection-signals.js';

/** Our estimate may be off by so much before a text counts as too long for a model. */
const TOLERANCE = 1.5;

export interface GuardRule {
  readonly action: GuardAction;
  /** Scores below it are not acted upon. */
  readonly threshold: number;
}

/** What the guards say about a call; null when they saw nothing. */
export function judge(messages: readonly Message[], { action, threshold }: GuardRule): GuardVerdict | null {
  const { score, reasons } = checkInjection(messages);
  if (score === 0) return null;
  return { score, reasons, action: score < threshold ? 'allow' : action, version: INJECTION_SIGNALS_VERSION };
}

/** 422: what was sent looks like an attempt to steer the model, and the policy is to refuse that. */
export const guardBlocked = ({ score, reasons }: GuardVerdict) =>
  invalid(
    'guard.blocked',
    `The call was not made: what it would have sent looks like an attempt to take the model over (score ${score} of 100: ${reasons.join(', ')}). Change the text, or set the guard of this node or organisation to "flag".`,
    [{ pointer: '/messages', code: 'guard.blocked', message: `Signals: ${reasons.join(', ')}.` }],
  );

/** @throws AppError model.input_too_long for what cannot fit, before it is sent and paid for */
export function checkLength(messages: readonly Message[], model: { id: string; contextWindow: number | null }): void {
  const { contextWindow } = model;
  if (contextWindow === null) return;
  const characters = messages.reduce((sum, message) => sum + textOf(message).length, 0);
  // A token has a character at least, so most calls need no count.
  if (characters <= contextWindow) return;
  const tokens = messages.reduce((sum, message) => sum + estimateTokens(textOf(message)), 0);
  if (tokens <= contextWindow * TOLERANCE) return;
  const message = `The input has about ${tokens} tokens; ${model.id} takes at most ${contextWindow}, its answer included. Shorten it or choose a model with a longer context.`;
  throw invalid('model.input_too_long', message, [{ pointer: '/messages', code: 'too_long', message }]);
}
