import type { CallOptions } from '../model/call-options.js';
import type { Usage } from '../model/usage.js';
import { checkUsage } from './check-usage.js';
import { describeModel } from './model-catalogue.js';

const OPTIONS: CallOptions = { messages: [{ role: 'user', content: 'What is the capital of France?' }] };
const ANSWER = { text: 'The capital of France is Paris.', toolCalls: [] };
const KNOWN = describeModel('openai/gpt-4o-mini', 'language');
const UNKNOWN = describeModel('local/some-model', 'language');

const reported = (usage: Partial<Usage>): Usage => ({
  inputTokens: 14,
  outputTokens: 8,
  cachedInputTokens: 0,
  reasoningTokens: 0,
  costMicroUsd: null,
  estimated: false,
  ...usage,
});

const check = (usage: Partial<Usage>, model = UNKNOWN, options = OPTIONS, answer = ANSWER): Usage =>
  checkUsage(reported(usage), options, answer, model);

describe('what a provider says it has counted', () => {
  it('is taken as it is where it can be true', () => {
    const usage = { cachedInputTokens: 10, outputTokens: 900, reasoningTokens: 880 };
    expect(check(usage)).toEqual(reported(usage));
  });

  it.each([
    [{ inputTokens: -5 }],
    [{ inputTokens: 0 }],
    [{ inputTokens: Number.NaN }],
    [{ inputTokens: 12.5 }],
    [{ inputTokens: 1e308 }],
    [{ inputTokens: 2 ** 31 }],
    [{ inputTokens: '14' as unknown as number }],
  ])('is replaced by our own count and marked when it says %j of the input', (usage) => {
    const checked = check(usage);
    expect(checked).toMatchObject({ corrected: true, outputTokens: 8 });
    expect(checked.inputTokens).toBeGreaterThan(5);
    expect(checked.inputTokens).toBeLessThan(30);
  });

  it.each([[{ outputTokens: -1 }], [{ outputTokens: 0 }], [{ outputTokens: 50_000 }]])(
    'is replaced when it says %j of the output',
    (usage) => {
      const checked = check(usage);
      expect(checked).toMatchObject({ corrected: true, inputTokens: 14, reasoningTokens: 0 });
      expect(checked.outputTokens).toBeLessThan(20);
    },
  );

  it('may be more than can be seen where the model is known to think, but not more than it can hold', () => {
    expect(check({ outputTokens: 12_000, reasoningTokens: 11_990 }, KNOWN).corrected).toBeUndefined();
    expect(check({ inputTokens: 200_000 }, KNOWN).corrected).toBe(true);
    expect(check({ outputTokens: 50_000 }, KNOWN).corrected).toBe(true);
    expect(check({ outputTokens: 5_000 }, KNOWN, { ...OPTIONS, maxTokens: 100 }).corrected).toBe(true);
  });

  it('never has parts that are larger than the whole', () => {
    expect(check({ cachedInputTokens: 99, reasoningTokens: 99 })).toMatchObject({
      cachedInputTokens: 14,
      reasoningTokens: 8,
    });
  });
});
