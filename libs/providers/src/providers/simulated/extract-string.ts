import { BoundedRegExp } from '../../model/bounded-regexp.js';
import type { JsonSchema } from '../../model/json-schema.js';
import { answerFrom } from './answer.js';
import { classify } from './classify.js';
import { type Field, labelledValue, nearest, soundOf } from './field.js';
import type { Found } from './found.js';
import type { Material } from './material.js';
import { actionSentences, evidenceSentence } from './pick-sentences.js';
import { isGerman } from './stop-words.js';
import { summarise } from './summarise.js';
import { titleOf } from './title.js';
import { wordsOf } from './words.js';

type Reader = (field: Field, material: Material) => string | undefined;
const ROW_TEXT =
  /\b(?:description|item|product|name|title|article|service|task|artikel|bezeichnung|position|beschreibung|produkt)\b/;
const URGENCIES = [{ name: 'low' }, { name: 'medium' }, { name: 'high' }];
const SENTIMENTS = [{ name: 'positive' }, { name: 'negative' }, { name: 'neutral' }];
const TOPICS = 'billing refund technical account shipping sales cancellation feature complaint security legal hr spam'
  .split(' ')
  .concat('other')
  .map((name) => ({ name }));
const LONGEST_NAME = 40;
const MOST_SEARCHED_FOR_PATTERN = 20_000;

/** What a field wants, told by its name and description, and how to find it. The first that sounds right reads. */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/\be ?mails?\b(?! (?:body|text|subject))/, (field, material) => near(field, material.emails, material)],
  [/\b(?:urls?|links?|website|homepage|uri|web page)\b/, (field, material) => near(field, material.urls, material)],
  [/\b(?:phone|telephone|tel|mobile|fax|telefon|handy)\b/, (field, material) => near(field, material.phones, material)],
  [/\biban\b/, (_field, material) => material.ibans[0]?.value],
  [/\b(?:currency|währung)\b/, (_field, material) => material.amounts[0]?.value.currency],
  [/\b(?:language|sprache)\b/, (_field, material) => (isGerman(wordsOf(material.text)) ? 'German' : 'English')],
  [/\b(?:sentiment|mood|tone|stimmung)\b/, (_field, material) => classify(material.text, SENTIMENTS).label],
  [
    /\b(?:urgency|priority|severity|dringlichkeit|priorität)\b/,
    (_field, material) => classify(material.text, URGENCIES).label,
  ],
  [/\b(?:category|department|kategorie|abteilung)\b/, (_field, material) => classify(material.text, TOPICS).label],
  [
    /^(?:\w+ )*(?:subject|title|headline|topic|betreff|titel)\b/,
    (field, material) => labelled(field, material) ?? titleOf(material.message),
  ],
  [
    /\b(?:summary|abstract|overview|tldr|zusammenfassung)\b/,
    (_field, material) => summarise(material.message, { sentences: 2 }),
  ],
  [
    /^(?:\w+ )*(?:reason|reasoning|rationale|explanation|why|evidence|begründung|grund)\b/,
    (field, material) => evidenceSentence(material, field),
  ],
  [
    /\b(?:action|next step|todo|task|follow up|aufgabe|schritt)\b/,
    (_field, material) => actionSentences(material.message, 1)[0],
  ],
  [
    /^(?:\w+ )*(?:problem|issue|complaint|request|description|message|body|details|question|anliegen|beschreibung)\b/,
    (field, material) => labelled(field, material) ?? summarise(material.message, { sentences: 1 }),
  ],
  [
    /\b(?:date|datum|deadline|due|birthday|expiry|expires)\b|\bat$/,
    (field, material) => near(field, material.dates, material),
  ],
  [/\b(?:time|uhrzeit)\b/, (field, material) => near(field, material.times, material)],
  [/\b(?:number|no|nr|id|reference|ref|code|sku|nummer|rechnungsnummer|kundennummer)\b/, identifier],
  [
    /\b(?:amount|total|price|sum|cost|fee|betrag|preis|summe|kosten)\b/,
    (field, material) => nearest(field, material.amounts, material)?.text,
  ],
  [
    /\b(?:company|organi[sz]ation|vendor|supplier|employer|merchant|seller|firma|lieferant|unternehmen)\b/,
    organisation,
  ],
  [
    /^(?:\w+ )*(?:name|person|customer|client|author|sender|recipient|addressee|contact|applicant|candidate|kunde|absender|empfänger|ansprechpartner)\b/,
    personName,
  ],
];

/** The text that a field wants, or undefined when the material does not hold it. */
export function extractString(field: Field, schema: JsonSchema, material: Material): string | undefined {
  const found = byFormat(field, schema, material) ?? byPattern(schema, material) ?? bySound(field, material);
  return found === undefined ? undefined : fitting(found.trim(), schema);
}

function byFormat(field: Field, schema: JsonSchema, material: Material): string | undefined {
  switch (schema['format']) {
    case 'email':
    case 'idn-email':
      return near(field, material.emails, material);
    case 'uri':
    case 'url':
    case 'iri':
      return near(field, material.urls, material);
    case 'date':
      return dateOf(field, material);
    case 'time':
      return near(field, material.times, material);
    case 'date-time': {
      const date = dateOf(field, material);
      return date && `${date}T${near(field, material.times, material) ?? '00:00:00'}Z`;
    }
    default:
      return undefined;
  }
}

function dateOf(field: Field, material: Material): string | undefined {
  const line = labelledValue(field, material);
  const onLine = line && material.dates.find((date) => date.start >= line.start && date.end <= line.end + 1);
  return onLine?.value ?? near(field, material.dates, material);
}

function byPattern(schema: JsonSchema, material: Material): string | undefined {
  if (typeof schema['pattern'] !== 'string') return undefined;
  const unanchored = schema['pattern'].replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  return new BoundedRegExp(unanchored, 'u').find(material.text.slice(0, MOST_SEARCHED_FOR_PATTERN));
}

function bySound(field: Field, material: Material): string | undefined {
  const sound = soundOf(field);
  const own = field.words.join(' ');
  if (material.row && ROW_TEXT.test(own)) return material.row.text;
  // The name decides; the description is asked only when the name says nothing.
  const reader =
    READERS.find(([expression]) => expression.test(own)) ?? READERS.find(([expression]) => expression.test(sound));
  return (
    reader?.[1](field, material) ?? labelled(field, material) ?? stated(field, material) ?? described(field, material)
  );
}

function near(field: Field, found: readonly Found<string>[], material: Material): string | undefined {
  return nearest(field, found, material)?.value;
}

function labelled(field: Field, material: Material): string | undefined {
  return labelledValue(field, material)?.value;
}

function identifier(field: Field, material: Material): string | undefined {
  const line = labelledValue(field, material);
  const onLine = line && material.identifiers.find((found) => found.start >= line.start && found.start < line.end);
  return onLine?.value ?? line?.value ?? nearest(field, material.identifiers, material, true)?.value;
}

function organisation(field: Field, material: Material): string | undefined {
  const line = labelledValue(field, material);
  const onLine = line && material.organisations.find((found) => found.start >= line.start && found.start < line.end);
  return onLine?.value ?? (line ? firstOf(line.value) : near(field, material.organisations, material));
}

/** A line may go on after the name: `Acme, 500 employees, Berlin`. */
function firstOf(value: string): string {
  return value.length > LONGEST_NAME ? value.split(/[,;|]\s/)[0]! : value;
}

function personName(field: Field, material: Material): string | undefined {
  const wanted = /\b(?:recipient|addressee|to|empfänger)\b/.test(field.words.join(' ')) ? 'addressee' : 'author';
  const names = material.names;
  const line = labelledValue(field, material)?.value;
  return (
    (line && firstOf(line)) ??
    (
      names.find((found) => found.value.role === wanted) ??
      names.find((found) => found.value.role === 'mentioned') ??
      names[0]
    )?.value.name
  );
}

/** `the colour is dark green` for a field `colour`. */
function stated(field: Field, material: Material): string | undefined {
  const name = field.words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, '')).join('[ \\t_-]{1,3}');
  if (name === '' || name.length > 100) return undefined;
  const statement = new RegExp(
    `(?<![\\p{L}\\p{N}])${name}[ \\t]{0,3}(?:is|are|was|=|:|ist|lautet|sind)[ \\t]{1,5}([^\\n.;,!?]{1,120})`,
    'iu',
  );
  return statement.exec(material.text)?.[1];
}

/** A description that is a question, or long enough to be searched with. */
function described(field: Field, material: Material): string | undefined {
  return field.description.split(/\s+/).length >= 3 ? answerFrom(material.text, field.description) : undefined;
}

/** Shortened if the schema wants it short; nothing if it cannot be made to fit. */
function fitting(text: string, schema: JsonSchema): string | undefined {
  const { maxLength, minLength, pattern } = schema;
  const value = typeof maxLength === 'number' && text.length > maxLength ? shortened(text, maxLength) : text;
  if (typeof minLength === 'number' && [...value].length < minLength) return undefined;
  if (typeof pattern === 'string' && !new BoundedRegExp(pattern, 'u').test(value)) return undefined;
  return value === '' ? undefined : value;
}

/** Cut after a whole word where there is one. JSON Schema counts code points, so a string of that many units fits. */
function shortened(text: string, maxLength: number): string {
  const cut = text.slice(0, Math.max(0, maxLength - 1));
  const space = cut.lastIndexOf(' ');
  return `${(space > maxLength / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:\ud800-\udbff]+$/, '')}…`.slice(
    0,
    maxLength,
  );
}
