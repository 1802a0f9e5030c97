import { estimateTokens } from '#providers';

/** Role and separators of a message. */
export const TOKENS_PER_MESSAGE = 4;

/** How many tokens a text has for a model. */
export type TokenCounter = (text: string) => number;

/** Counting is work that nobody else can go on beside: beyond these an estimate has to do. */
const MAX_EXACT_WINDOW = 32_000;
const MAX_EXACT_CHARACTERS = 8_000;
/** The tokenizer takes the square of the length of a word. */
const LONG_WORD = /\S{120}/;

let exact: Promise<TokenCounter> | undefined;

/** Exact for models of OpenAI, whose tokenizer is public; our estimate for others. The tokenizer is loaded when it is first needed. */
export function tokenCounterFor(model: string, windowTokens: number): Promise<TokenCounter> {
  if (!model.startsWith('openai/') || windowTokens > MAX_EXACT_WINDOW) return Promise.resolve(estimateTokens);
  exact ??= loadTokenizer();
  return exact;
}

async function loadTokenizer(): Promise<TokenCounter> {
  const [{ Tiktoken }, { default: ranks }] = await Promise.all([
    import('js-tiktoken/lite'),
    import('js-tiktoken/ranks/o200k_base'),
  ]);
  const encoding = new Tiktoken(ranks);
  // Texts of people may hold what looks like a special token; it is text all the same.
  return (text) =>
    text.length > MAX_EXACT_CHARACTERS || LONG_WORD.test(text)
      ? estimateTokens(text)
      : encoding.encode(text, [], []).length;
}
