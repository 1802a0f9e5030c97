import type { GuardAction } from '../guards/guard-verdict.js';

export const UNKNOWN_PRICE_RULES = ['allow', 'refuse'] as const;

/** Whether models may be called of which nobody knows what they cost. */
export type UnknownPriceRule = (typeof UNKNOWN_PRICE_RULES)[number];

export interface ModelPolicyValues {
  /** Asked in this order when the model of a node fails and the node names no others. `provider/model`. */
  readonly fallbackModels: readonly string[];
  /** Patterns of what may be called: `provider/model`, or `provider/*`; null = everything. */
  readonly allowedModels: readonly string[] | null;
  readonly unknownPrice: UnknownPriceRule;
  /** What is done about texts that look like an attempt to steer the model, where the node says nothing. */
  readonly guardAction: GuardAction;
  /** Scores below it are only recorded. */
  readonly guardThreshold: number;
}

/** What holds until somebody decides otherwise. */
export const DEFAULT_POLICY: ModelPolicyValues = {
  fallbackModels: [],
  allowedModels: null,
  unknownPrice: 'allow',
  guardAction: 'flag',
  guardThreshold: 60,
};

export function isAllowed(model: string, { allowedModels }: Pick<ModelPolicyValues, 'allowedModels'>): boolean {
  if (allowedModels === null) return true;
  const everythingOf = `${model.slice(0, model.indexOf('/'))}/*`;
  return allowedModels.some((pattern) => pattern === model || pattern === everythingOf || pattern === '*');
}
