import { createProviders, estimateTokens } from '#providers';
import type { PastTurn } from '../turns/messages.repository.js';
import { ContextWindow, type WindowRequest } from './context-window.js';
import { RelevantTurns } from './relevant-turns.js';
import { TOKENS_PER_MESSAGE, tokenCounterFor } from './token-counter.js';

const models = createProviders({
  fetch: () => Promise.reject(new Error('There is no network here.')),
  simulated: { wordsPerSecond: 0 },
});
const window = new ContextWindow(new RelevantTurns(models));

const turnsUpTo = (count: number): PastTurn[] =>
  Array.from({ length: count }, (_, index) => ({
    turn: index + 1,
    user: index === 2 ? 'The code of the cellar door is 4711.' : `Remark ${index + 1} about roses and compost.`,
    assistant: 'Noted, roses like sun.',
  })).reverse();

const fill = (more: Partial<WindowRequest>): ReturnType<ContextWindow['fill']> =>
  window.fill({
    windowTokens: 1_000,
    ownTokens: 50,
    message: 'What about roses?',
    past: turnsUpTo(5),
    summary: null,
    summaryTurn: 0,
    count: estimateTokens,
    ...more,
  });

describe('What a model is told of a conversation', () => {
  it('is everything, as long as that fits', async () => {
    const { history, toSummarise } = await fill({});
    expect(history).toHaveLength(10);
    expect(history[0]).toEqual({ role: 'user', content: 'Remark 1 about roses and compost.' });
    expect(toSummarise).toEqual([]);
  });

  it('is never more than the window, with the last turns at the end', async () => {
    for (const windowTokens of [500, 1_000, 4_000]) {
      const { history } = await fill({ windowTokens, past: turnsUpTo(400) });
      const tokens = history.reduce((sum, { content }) => sum + estimateTokens(content) + TOKENS_PER_MESSAGE, 0);
      expect(tokens + 50).toBeLessThanOrEqual(windowTokens);
      expect(history.at(-2)?.content).toBe('Remark 400 about roses and compost.');
    }
  });

  it('has old turns that bear on the message, in the order in which they were said', async () => {
    const { history } = await fill({ past: turnsUpTo(300), message: 'Which code has the cellar door?' });
    const at = history.findIndex(({ content }) => content.includes('4711'));
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(history.length - 2);
  });

  it('begins with the summary, cut to its share', async () => {
    const { history } = await fill({
      past: turnsUpTo(300),
      summary: 'They spoke of roses. '.repeat(200),
      summaryTurn: 250,
    });
    expect(history[0]).toMatchObject({
      role: 'system',
      content: expect.stringMatching(/^Summary of the conversation/),
    });
    expect(estimateTokens(history[0]?.content ?? '')).toBeLessThan(300);
  });

  it('asks for a summary of what no longer fits and none speaks of, oldest first', async () => {
    const { toSummarise } = await fill({ past: turnsUpTo(300), summary: 'Roses.', summaryTurn: 100 });
    expect(toSummarise[0]?.turn).toBe(101);
    expect((await fill({ past: turnsUpTo(300), summary: 'Roses.', summaryTurn: 290 })).toSummarise).toEqual([]);
  });

  it('leaves no room for history when the message alone fills the window', async () => {
    const { history } = await fill({ message: 'word '.repeat(5_000), past: turnsUpTo(50) });
    expect(history).toEqual([]);
  });
});

describe('The tokens of a text', () => {
  it('are counted by OpenAI’s own tokenizer for its models, special words being plain text', async () => {
    const count = await tokenCounterFor('openai/gpt-4.1-mini', 4_000);
    expect(count('hello world')).toBe(2);
    expect(count('<|endoftext|>')).toBeGreaterThan(1);
  });

  it('are estimated for others', async () => {
    expect(await tokenCounterFor('anthropic/claude', 4_000)).toBe(estimateTokens);
  });

  it('are estimated where counting would take long: for texts without blanks and for large windows', async () => {
    const count = await tokenCounterFor('openai/gpt-4.1-mini', 4_000);
    const text = 'a'.repeat(200_000);
    expect(count(text)).toBe(estimateTokens(text));
    expect(await tokenCounterFor('openai/gpt-4.1-mini', 500_000)).toBe(estimateTokens);
  });
});
