import { type Field, labelledValue } from './field.js';
import { conceptsOf } from './lexicon.js';
import type { Material } from './material.js';
import { STOP_WORDS } from './stop-words.js';
import { stem } from './words.js';

const YES = /^(?:yes|true|y|ja|wahr|x|✓|✔)\b/i;
const NO = /^(?:no|false|n|nein|falsch|none|keine?)\b/i;
const AUXILIARY = new Set(
  'is has have needs need wants want requires should contains mentions was are can does do include includes hat ist braucht'.split(
    ' ',
  ),
);

/** Whether what the field names is the case, as far as words tell; undefined when they tell nothing either way. */
export function extractBoolean(field: Field, material: Material): boolean | undefined {
  const line = labelledValue(field, material)?.value;
  if (line && YES.test(line)) return true;
  if (line && NO.test(line)) return false;
  const words = field.words.filter((word) => !AUXILIARY.has(word) && !STOP_WORDS.has(word));
  const presence = presenceOf(words, material);
  if (presence !== undefined) return presence;
  const concepts = conceptsOf(words.map(stem));
  if (concepts.length === 0) return undefined;
  return concepts.some((concept) => material.cueText.evidenceFor(concept) >= 2);
}

/** `has_email` and its like ask for something that can be looked for. */
function presenceOf(words: readonly string[], material: Material): boolean | undefined {
  const last = words.at(-1);
  if (last === 'email') return material.emails.length > 0;
  if (last === 'phone') return material.phones.length > 0;
  if (last === 'url' || last === 'link') return material.urls.length > 0;
  if (last === 'date' || last === 'deadline') return material.dates.length > 0;
  if (last === 'amount' || last === 'price') return material.amounts.length > 0;
  return undefined;
}
