import type { ModelPolicy, SaveModelPolicy } from '@/shared/api/generated/schema';

export interface RulesValues {
  /** One a line. */
  fallbackModels: string;
  everyModel: boolean;
  /** One a line. */
  allowedModels: string;
  unknownPrice: SaveModelPolicy['unknownPrice'];
  guardAction: SaveModelPolicy['guardAction'];
  guardThreshold: string;
}

export function openingRules(policy: ModelPolicy): RulesValues {
  return {
    fallbackModels: policy.fallbackModels.join('\n'),
    everyModel: policy.allowedModels === null,
    allowedModels: (policy.allowedModels ?? []).join('\n'),
    unknownPrice: policy.unknownPrice,
    guardAction: policy.guardAction,
    guardThreshold: String(policy.guardThreshold),
  };
}

export function savedRules(values: RulesValues): SaveModelPolicy {
  return {
    fallbackModels: lines(values.fallbackModels),
    allowedModels: values.everyModel ? null : lines(values.allowedModels),
    unknownPrice: values.unknownPrice,
    guardAction: values.guardAction,
    guardThreshold: Number(values.guardThreshold),
  };
}

export const threshold = {
  required: 'Enter a score from 1 to 100.',
  pattern: { value: /^\s*([1-9]\d?|100)\s*$/, message: 'A whole number from 1 to 100.' },
};

const lines = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];
