import { extractBoolean } from './extract-boolean.js';
import { Material } from './material.js';
import { contentStems, wordsOf } from './words.js';

const CHOICE = /\b(yes|ja|true|wahr)\s?(?:or|oder|\/|,)\s?(no|nein|false|falsch)\b/i;
const LEAST_SHARED = 2;

export function wantsYesOrNo(instruction: string): boolean {
  return CHOICE.test(instruction);
}

/** The answer to an instruction that wants yes or no, in its own words for them; undefined when it wants neither. */
export function yesOrNo(instruction: string, material: string): string | undefined {
  const choice = CHOICE.exec(instruction);
  if (!choice) return undefined;
  const asked = instruction.replace(CHOICE, ' ');
  const field = { words: wordsOf(asked), hints: [], description: '' };
  const told = extractBoolean(field, new Material(material));
  // No concept that we know is asked about: then what counts is whether the text talks of it at all.
  const stems = new Set(contentStems(material));
  const isSo = told ?? contentStems(asked).filter((stem) => stems.has(stem)).length >= LEAST_SHARED;
  return isSo ? choice[1]! : choice[2]!;
}
