import { findNames } from './find-names.js';
import { findIdentifiers } from './find-labelled.js';
import { messageOf } from './message-of.js';
import { sentencesOf } from './sentences.js';
import { isGerman } from './stop-words.js';
import { summarise } from './summarise.js';
import { wordsOf } from './words.js';

const LONGEST_QUOTE = 200;

/** A plain acknowledgement: greets by name, repeats the concern, promises nothing that nobody has decided. */
export function draftReply(letter: string): string {
  const names = findNames(letter);
  const author = names.find((found) => found.value.role === 'author')?.value.name;
  const concern = summarise(messageOf(letter), { sentences: 1 }).slice(0, LONGEST_QUOTE);
  const [reference] = findIdentifiers(letter).filter((found) => /\p{L}.*\d/u.test(found.value));
  const asks = sentencesOf(letter).some((sentence) => sentence.text.endsWith('?'));
  const lines = isGerman(wordsOf(letter))
    ? [
        `Guten Tag${author ? ` ${author}` : ''},`,
        `vielen Dank für Ihre Nachricht${reference ? ` zu ${reference.value}` : ''}. Sie schreiben: „${concern}“`,
        `Wir prüfen Ihr Anliegen und melden uns${asks ? ' mit einer Antwort auf Ihre Frage' : ''} so bald wie möglich.`,
        'Freundliche Grüße',
      ]
    : [
        `Hello${author ? ` ${author}` : ''},`,
        `thank you for your message${reference ? ` about ${reference.value}` : ''}. You wrote: “${concern}”`,
        `We are looking into this and will get back to you${asks ? ' with an answer to your question' : ''} as soon as we can.`,
        'Kind regards',
      ];
  return lines.join('\n\n');
}
