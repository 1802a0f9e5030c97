import type { JsonSchema } from '../../model/json-schema.js';
import type { Found } from './found.js';
import type { Material } from './material.js';
import { STOP_WORDS } from './stop-words.js';
import { wordsOfName } from './words.js';

/** Words that mean the same on forms, English and German. */
const SYNONYMS = [
  'invoice rechnung rechnungs bill re inv',
  'due fällig fälligkeit payable zahlbar zahlungsziel deadline bis by until spätestens',
  'total gesamt gesamtbetrag summe sum endbetrag rechnungsbetrag',
  'amount betrag',
  'customer client kunde kunden kundin buyer',
  'vendor supplier lieferant seller merchant biller aussteller',
  'order bestellung bestell auftrag',
  'number nummer no nr id reference ref referenz code',
  'phone telephone tel telefon mobile mobil handy',
  'address adresse anschrift',
  'name names',
  'date datum day am vom on',
  'email mail',
  'quantity qty menge anzahl stück count',
  'price preis cost kosten unit einzelpreis',
  'tax vat mwst ust umsatzsteuer',
  'company organisation organization firma unternehmen',
  'subject betreff',
  'city stadt ort town',
  'country land',
  'start begin beginn from ab',
  'end ende until bis to',
  'age alter years jahre',
  'net netto subtotal',
  'discount rabatt',
  'issued issue ausgestellt dated',
].map((line) => line.split(' '));
/** Parts of names that say what kind of value it is, not which one. */
const GENERIC = new Set(
  'the a of value field string number date amount name text id is has iso format as if any or null e g yyyy mm dd'.split(
    ' ',
  ),
);
const REACH = 60;

/** A place in the schema that wants a value. */
export interface Field {
  /** Words of its own name. */
  readonly words: readonly string[];
  /** Words of its description and of the names around it: hints, weaker than its own. */
  readonly hints: readonly string[];
  readonly description: string;
}

export function fieldOf(name: string, schema: JsonSchema, parent?: Field): Field {
  const description = [schema['title'], schema['description']].filter((text) => typeof text === 'string').join('. ');
  const words = wordsOfName(name);
  const own = wordsOfName(description).filter((word) => !STOP_WORDS.has(word));
  const around = parent?.words ?? [];
  // A `name` inside a `customer` is the customer's name.
  const isBare = words.every((word) => GENERIC.has(word));
  return { words: isBare ? [...around, ...words] : words, hints: isBare ? own : [...own, ...around], description };
}

/** The name and description in one line, for finding out what kind of value is wanted. */
export function soundOf(field: Field): string {
  return [...field.words, '.', field.description.toLowerCase()].join(' ');
}

function spellingsOf(word: string): readonly string[] {
  return SYNONYMS.find((group) => group.includes(word)) ?? [word];
}

/** The value on a line labelled with the field's name, such as `Rechnungsnummer:` for `invoice_number`. */
export function labelledValue(field: Field, material: Material): Found<string> | undefined {
  let best: { score: number; found: Found<string> } | undefined;
  for (const item of material.labelled) {
    const label = item.value.label.toLowerCase();
    const matched = field.words.filter((word) =>
      spellingsOf(word).some((spelling) => contains(label, spelling)),
    ).length;
    const coverage = matched / Math.max(1, field.words.length);
    // `Date` answers `invoice_date` better than `Due date` does: what a label says beyond the field counts against it.
    const surplus = label.split(/[\s/-]+/).length - matched;
    const score = coverage - 0.1 * Math.max(0, surplus);
    if (coverage < 0.5 || (field.words.length > 1 && coverage < 1 && isGenericMatch(field, label))) continue;
    if (!best || score > best.score) {
      const { value } = item.value;
      const start = item.start + material.text.slice(item.start, item.end).lastIndexOf(value);
      best = { score, found: { value, text: value, start, end: start + value.length } };
    }
  }
  return best?.found;
}

/** Short spellings only as whole words: `re` is in too many others. */
function contains(label: string, spelling: string): boolean {
  return spelling.length >= 4 ? label.includes(spelling) : label.split(/[^\p{L}\p{N}]+/u).includes(spelling);
}

function isGenericMatch(field: Field, label: string): boolean {
  const specific = field.words.filter((word) => !GENERIC.has(word));
  return (
    specific.length > 0 && !specific.some((word) => spellingsOf(word).some((spelling) => contains(label, spelling)))
  );
}

/** The find nearest to the words of the field; without such words nearby the first, or none if `needsCue`. */
export function nearest<T>(
  field: Field,
  found: readonly Found<T>[],
  material: Material,
  needsCue = false,
): Found<T> | undefined {
  let best: { score: number; item: Found<T> } | undefined;
  for (const item of found) {
    const score = cueScore(
      field,
      material.lower.slice(Math.max(0, item.start - REACH), item.start),
      material.lower.slice(item.end, item.end + REACH / 3),
    );
    if (score > (best?.score ?? 0)) best = { score, item };
  }
  return best?.item ?? (needsCue ? undefined : found[0]);
}

function cueScore(field: Field, before: string, after: string): number {
  const specific = field.words.filter((word) => !GENERIC.has(word));
  let score = 0;
  for (const word of specific.length > 0 ? specific : field.words) score += closenessOf(word, before, after);
  for (const hint of new Set(field.hints)) if (!GENERIC.has(hint)) score += 0.3 * closenessOf(hint, before, after);
  return score;
}

/** Near cues weigh more than far ones, those before a value more than those after it, and another line less. */
function closenessOf(word: string, before: string, after: string): number {
  let closest = 0;
  for (const spelling of spellingsOf(word)) {
    const at = lastWordAt(before, spelling);
    if (at !== -1) {
      const between = before.slice(at + spelling.length);
      closest = Math.max(closest, (1 - between.length / (REACH + 1)) * (between.includes('\n') ? 0.2 : 1));
    }
    const later = spelling.length >= 3 ? after.split('\n')[0]!.indexOf(spelling) : -1;
    if (later !== -1) closest = Math.max(closest, 0.6 * (1 - later / REACH));
  }
  return closest;
}

function lastWordAt(text: string, spelling: string): number {
  for (let at = text.lastIndexOf(spelling); at !== -1; at = at === 0 ? -1 : text.lastIndexOf(spelling, at - 1)) {
    const isWhole =
      spelling.length >= 5 ||
      (!/\p{L}/u.test(text.charAt(at - 1)) && !/\p{L}/u.test(text.charAt(at + spelling.length)));
    if (isWhole) return at;
  }
  return -1;
}
