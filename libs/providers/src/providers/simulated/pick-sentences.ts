import { answerFrom } from './answer.js';
import type { Field } from './field.js';
import type { Material } from './material.js';
import { sentencesOf } from './sentences.js';
import { summarise } from './summarise.js';

const ACTION =
  /\b(?:please|must|need(?:s)? to|should|has to|have to|will|to do|todo|action|could you|can you|make sure|remember to|deadline|by (?:monday|tuesday|wednesday|thursday|friday|tomorrow|end of)|bitte|muss|müssen|soll|sollte|wird|werden|kümmert|bis (?:montag|dienstag|mittwoch|donnerstag|freitag|morgen|ende))\b/iu;

/** Sentences that ask or promise that something be done. */
export function actionSentences(text: string, count: number): string[] {
  return sentencesOf(text)
    .filter((sentence) => ACTION.test(sentence.text))
    .slice(0, count)
    .map((sentence) => sentence.text);
}

/** The sentence that supports what was decided: the best answer to the field's description, or the most telling one. */
export function evidenceSentence(material: Material, field: Field): string | undefined {
  return (
    answerFrom(material.message, field.description) ?? (summarise(material.message, { sentences: 1 }) || undefined)
  );
}
