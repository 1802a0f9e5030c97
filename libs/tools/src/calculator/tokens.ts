import { CalculationError } from './calculation-error.js';

export type Token =
  | { readonly type: 'number'; readonly value: number; readonly at: number }
  | { readonly type: 'name'; readonly text: string; readonly at: number }
  | { readonly type: 'sign'; readonly text: string; readonly at: number };

const NUMBER = /(?:\d+(?:_\d{3})*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[a-zA-Z][a-zA-Z0-9]*/y;
const SIGNS = '+-*/%^(),';
/** Signs that people write and that mean one of ours. */
const SPELLINGS: Readonly<Record<string, string>> = { '×': '*', '·': '*', '÷': '/', '−': '-', ':': '/' };

/** @throws CalculationError at a sign that means nothing */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const character = text[at] as string;
    const sign = SPELLINGS[character] ?? character;
    let length = 1;
    if (/[\d.]/.test(character)) {
      const digits = take(NUMBER);
      if (digits === undefined) throw new CalculationError('a point without digits', at);
      tokens.push({ type: 'number', value: Number(digits.replaceAll('_', '')), at });
      length = digits.length;
    } else if (/[a-zA-Z]/.test(character)) {
      const name = take(NAME) as string;
      tokens.push({ type: 'name', text: name.toLowerCase(), at });
      length = name.length;
    } else if (text.startsWith('**', at)) {
      tokens.push({ type: 'sign', text: '^', at });
      length = 2;
    } else if (SIGNS.includes(sign)) {
      tokens.push({ type: 'sign', text: sign, at });
    } else if (!/\s/.test(character)) {
      throw new CalculationError(`“${character}” means nothing here`, at);
    }
    at += length;
  }
  return tokens;
}
