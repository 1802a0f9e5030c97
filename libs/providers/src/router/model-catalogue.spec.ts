import { describeModel, MODEL_CATALOGUE } from './model-catalogue.js';
import { priceAt } from './model-price.js';
import { priceOf } from './price-of.js';

const priceOn = (id: string, day: string) =>
  priceAt(describeModel(id, 'language').prices, new Date(`${day}T00:00:00Z`));

describe('the catalogue', () => {
  it('knows a price, a context window and a bound for every model that it offers', () => {
    for (const model of MODEL_CATALOGUE) {
      expect({ id: model.id, prices: model.prices.length }).not.toEqual({ id: model.id, prices: 0 });
      expect(model.label).not.toBe(model.id);
    }
    expect(describeModel('openai/gpt-4.1', 'language')).toMatchObject({
      contextWindow: 1_047_576,
      maxOutputTokens: 32_768,
    });
  });

  it('changes a price on the day from which it holds', () => {
    expect(priceOn('openai/gpt-5.6-luna', '2026-07-29')).toMatchObject({ inputMicroUsd: 1_000_000 });
    expect(priceOn('openai/gpt-5.6-luna', '2026-07-30')).toMatchObject({ inputMicroUsd: 200_000 });
  });

  it('knows dated names of models, and cached and long input by rates of their own', () => {
    expect(priceOn('anthropic/claude-haiku-4-5-20251001', '2026-11-21')).toEqual(
      priceOn('anthropic/claude-haiku-4-5', '2026-11-21'),
    );
    expect(priceOn('google/gemini-2.5-pro', '2026-11-21')).toMatchObject({
      inputMicroUsd: 1_250_000,
      cachedInputMicroUsd: 125_000,
      outputMicroUsd: 10_000_000,
      longContext: { aboveInputTokens: 200_000, inputMicroUsd: 2_500_000, outputMicroUsd: 15_000_000 },
    });
  });

  it('knows that it does not know', () => {
    const model = describeModel('openai/gpt-nobody-heard-of', 'language');
    expect(model).toMatchObject({ contextWindow: null, maxOutputTokens: null, prices: [] });
    expect(priceOn('acme/large', '2026-11-21')).toBeNull();
    const usage = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, reasoningTokens: 0 };
    expect(priceOf({ ...usage, costMicroUsd: null, estimated: false }, null)).toBeNull();
  });

  it('lets somebody know better', () => {
    const prices = [{ validFrom: '2026-01-01', inputMicroUsd: 7, cachedInputMicroUsd: 7, outputMicroUsd: 7 }];
    expect(describeModel('acme/large', 'language', { label: 'Ours', prices })).toMatchObject({ label: 'Ours', prices });
  });

  it('says which models take a temperature', () => {
    expect(describeModel('openai/gpt-5', 'language').sampling.maxTemperature).toBeNull();
    expect(describeModel('anthropic/claude-sonnet-4-5', 'language').sampling).toMatchObject({
      maxTemperature: 1,
      takesBoth: false,
    });
    expect(describeModel('ollama/llama3', 'language').sampling).toMatchObject({ maxTemperature: 2, takesBoth: true });
  });
});
