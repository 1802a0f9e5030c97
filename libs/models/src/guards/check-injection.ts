import { type Message, textOf } from '#providers';
import { INJECTION_SIGNALS, type TextSource } from './injection-signals.js';

/** Of a longer text its beginning and its end are looked at. */
const MOST_CHARACTERS = 200_000;

export interface InjectionScore {
  /** From 0, nothing seen, to 100. */
  readonly score: number;
  /** Names of the signals, strongest first. */
  readonly reasons: readonly string[];
}

/**
 * How much what people and tools have written looks like an attempt to steer the model. Signals add up as independent
 * doubts do, so that two weak ones weigh less than their sum. It is a mark for people and policies, and no proof.
 */
export function checkInjection(messages: readonly Message[]): InjectionScore {
  const strongest = new Map<string, number>();
  for (const message of messages) {
    const source = sourceOf(message);
    if (source === null) continue;
    const text = excerpt(textOf(message));
    const visible = withoutDisguise(text);
    for (const { name, weight, pattern } of INJECTION_SIGNALS) {
      const known = strongest.get(name) ?? 0;
      if (weight[source] > known && (pattern.test(text) || pattern.test(visible))) strongest.set(name, weight[source]);
    }
  }
  const found = [...strongest].sort(([, first], [, second]) => second - first);
  const innocence = found.reduce((rest, [, weight]) => rest * (1 - weight / 100), 1);
  return { score: Math.round((1 - innocence) * 100), reasons: found.map(([name]) => name) };
}

/** What the author wrote as rules, and what the model said itself, is not looked at. */
function sourceOf({ role }: Message): TextSource | null {
  if (role === 'tool') return 'tool';
  return role === 'user' ? 'user' : null;
}

function excerpt(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const half = MOST_CHARACTERS / 2;
  return `${text.slice(0, half)}\n${text.slice(-half)}`;
}

/** Letters of other shapes become plain ones, and what nobody sees goes: "ｉｇｎｏｒｅ" with blanks of no width is still read as such. */
function withoutDisguise(text: string): string {
  return text.normalize('NFKC').replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '');
}
