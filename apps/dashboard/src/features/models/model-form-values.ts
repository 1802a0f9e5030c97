import type { DatedPrice, Model, OverrideModel } from '@/shared/api/generated/schema';

/** A price as people type it: dollars for a million tokens. */
export interface PriceValues {
  /** `2026-07-30`; empty: from the beginning. */
  validFrom: string;
  inputMicroUsd: string;
  cachedInputMicroUsd: string;
  outputMicroUsd: string;
}

export interface ModelValues {
  /** Of a model that is new here. */
  id: string;
  label: string;
  enabled: boolean;
  contextWindow: string;
  maxOutputTokens: string;
  prices: PriceValues[];
}

const MICRO_USD = 1_000_000;

export const NO_PRICE: PriceValues = { validFrom: '', inputMicroUsd: '', cachedInputMicroUsd: '', outputMicroUsd: '' };

export function openingValues(model: Model | null): ModelValues {
  const { override = null } = model ?? {};
  return {
    id: '',
    label: override?.label ?? '',
    enabled: override?.enabled ?? true,
    contextWindow: numberText(override?.contextWindow),
    maxOutputTokens: numberText(override?.maxOutputTokens),
    prices: (override?.prices ?? []).map((price) => ({
      validFrom: price.validFrom ?? '',
      inputMicroUsd: dollarsText(price.inputMicroUsd),
      cachedInputMicroUsd: dollarsText(price.cachedInputMicroUsd),
      outputMicroUsd: dollarsText(price.outputMicroUsd),
    })),
  };
}

/** What was typed, as the server takes it. What is said about long inputs stays with its day. */
export function savedValues(values: ModelValues, model: Model | null): OverrideModel {
  const before = new Map((model?.override?.prices ?? []).map((price) => [price.validFrom ?? '', price.longContext]));
  return {
    enabled: values.enabled,
    label: values.label.trim() === '' ? null : values.label.trim(),
    contextWindow: wholeNumber(values.contextWindow),
    maxOutputTokens: wholeNumber(values.maxOutputTokens),
    prices: values.prices.map((price): DatedPrice => {
      const input = microUsd(price.inputMicroUsd);
      const longContext = before.get(price.validFrom);
      return {
        validFrom: price.validFrom === '' ? null : price.validFrom,
        inputMicroUsd: input,
        cachedInputMicroUsd: price.cachedInputMicroUsd.trim() === '' ? input : microUsd(price.cachedInputMicroUsd),
        outputMicroUsd: microUsd(price.outputMicroUsd),
        ...(longContext && { longContext }),
      };
    }),
  };
}

export const dollars = {
  required: 'Enter a price, 0 where it is free.',
  pattern: { value: /^\s*\d{1,6}([.,]\d{1,6})?\s*$/, message: 'Dollars for a million tokens, such as 0.15.' },
};

export const optionalDollars = { pattern: dollars.pattern };

export const optionalWholeNumber = {
  pattern: { value: /^\s*\d{0,9}\s*$/, message: 'A whole number of tokens, without dots.' },
};

export const modelName = {
  required: 'Enter the model’s name.',
  pattern: {
    value: /^[\w.-]{1,60}\/[\w.:@/-]{1,139}$/,
    message: 'Write it as provider/model, for example ollama/llama3.3.',
  },
};

const microUsd = (text: string): number => Math.round(Number(text.trim().replace(',', '.')) * MICRO_USD);
const wholeNumber = (text: string): number | null => (text.trim() === '' ? null : Number(text));
const numberText = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);
const dollarsText = (value: number): string => String(value / MICRO_USD);
