import { describeModel } from './model-catalogue.js';
import { priceAt } from './model-price.js';
import { priceOf } from './price-of.js';

const usage = (inputTokens: number, outputTokens: number, cachedInputTokens = 0) => ({
  inputTokens,
  outputTokens,
  cachedInputTokens,
  reasoningTokens: 0,
  costMicroUsd: null,
  estimated: false,
});

describe('priceOf', () => {
  const price = (model: string, used: ReturnType<typeof usage>) =>
    priceOf(used, priceAt(describeModel(model, 'language').prices, new Date('2026-11-21')));

  it('charges cached input less, and rounds up to whole micro-USD', () => {
    expect(price('openai/gpt-4o-mini', usage(1_000_000, 1_000_000))).toBe(750_000);
    expect(price('openai/gpt-4o-mini', usage(1_000_000, 0, 1_000_000))).toBe(75_000);
    expect(price('openai/gpt-4o-mini', usage(1, 0))).toBe(1);
  });

  it('charges a long context at its dearer rate throughout', () => {
    expect(price('openai/gpt-5.6-terra', usage(271_999, 1_000))).toBe(555_998);
    expect(price('openai/gpt-5.6-terra', usage(300_000, 1_000))).toBe(1_218_000);
  });

  it('tells free from unknown', () => {
    expect(price('simulated/offline', usage(1_000, 1_000))).toBe(0);
    expect(price('openai/some-new-model', usage(1_000, 1_000))).toBeNull();
  });
});
