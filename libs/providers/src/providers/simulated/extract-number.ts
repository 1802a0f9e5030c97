import type { JsonSchema } from '../../model/json-schema.js';
import { type Field, labelledValue, nearest, soundOf } from './field.js';
import { conceptNamed } from './lexicon.js';
import type { Material } from './material.js';
import type { Row } from './row.js';

const MONEY =
  /\b(?:amount|total|price|sum|cost|fee|tax|vat|net|gross|subtotal|salary|budget|betrag|preis|summe|kosten|steuer|netto|brutto|gesamt\w*)\b/;
const PERCENTAGE = /\b(?:percent|percentage|rate|prozent|prozentsatz)\b/;
const RATING =
  /\b(?:urgency|priority|severity|sentiment|satisfaction|score|rating|confidence|probability|likelihood|dringlichkeit|priorität|bewertung)\b/;
const WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  dozen: 12,
  zwei: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zehn: 10,
  zwölf: 12,
};

/** The number that a field wants, within its bounds, or undefined when the material does not hold it. */
export function extractNumber(field: Field, schema: JsonSchema, material: Material): number | undefined {
  const value = find(field, schema, material);
  return value === undefined ? undefined : fitting(value, schema);
}

function find(field: Field, schema: JsonSchema, material: Material): number | undefined {
  const sound = field.words.join(' ');
  const fromRow = material.row && rowNumber(sound, material.row);
  if (fromRow !== undefined) return fromRow;
  if (PERCENTAGE.test(sound) && material.percentages.length > 0)
    return nearest(field, material.percentages, material)!.value;
  const onLine = labelledNumber(field, material);
  if (onLine !== undefined) return onLine;
  if (MONEY.test(sound) || (material.amounts.length > 0 && MONEY.test(soundOf(field)))) return money(field, material);
  const counted = nearest(field, material.numbers, material, true)?.value ?? wordNumber(field, material);
  if (counted !== undefined) return counted;
  if (RATING.test(sound)) return rating(sound, schema, material);
  return material.numbers.length === 1 ? material.numbers[0]!.value : undefined;
}

function rowNumber(sound: string, row: Row): number | undefined {
  if (/\b(?:quantity|qty|count|menge|anzahl|stück|units)\b/.test(sound)) return row.quantity;
  if (!MONEY.test(sound)) return undefined;
  return /\b(?:total|sum|amount|gesamt\w*|summe|betrag)\b/.test(sound) ? row.amounts.at(-1) : row.amounts[0];
}

function labelledNumber(field: Field, material: Material): number | undefined {
  const line = labelledValue(field, material);
  if (!line) return undefined;
  const within = (found: { start: number; end: number }): boolean =>
    found.start >= line.start && found.end <= line.end + 1;
  return (
    material.amounts.find(within)?.value.number ??
    material.percentages.find(within)?.value ??
    material.numbers.find(within)?.value
  );
}

/** Totals are the largest amount unless the text says otherwise. */
function money(field: Field, material: Material): number | undefined {
  const near = nearest(field, material.amounts, material, true);
  if (near) return near.value.number;
  const amounts = material.amounts.map((found) => found.value.number);
  if (/\b(?:total|sum|gesamt\w*|summe)\b/.test(field.words.join(' ')))
    return amounts.length > 0 ? Math.max(...amounts) : undefined;
  return amounts[0];
}

function wordNumber(field: Field, material: Material): number | undefined {
  const noun = field.words.findLast((word) => !/^(?:number|of|count|quantity|qty|num|total)$/.test(word));
  if (!noun) return undefined;
  const singular = noun.replace(/s$/, '').replace(/[^\p{L}\p{N}]/gu, '');
  const match = new RegExp(
    `(?<!\\p{L})(${Object.keys(WORDS).join('|')})\\s{1,3}(?:\\p{L}{1,20}\\s{1,3})?${singular}`,
    'iu',
  ).exec(material.text);
  return match ? WORDS[match[1]!.toLowerCase()] : undefined;
}

/** A place on the field's scale, from how much the text sounds urgent, or rather pleased than displeased. */
function rating(sound: string, schema: JsonSchema, material: Material): number | undefined {
  const low = bound(schema, 'minimum', 'exclusiveMinimum') ?? 0;
  const high = bound(schema, 'maximum', 'exclusiveMaximum');
  if (high === undefined) return undefined;
  const evidence = (concept: string): number => Math.max(0, material.cueText.evidenceFor(conceptNamed(concept)));
  const isUrgency = /urgen|priorit|sever|dringlich/.test(sound);
  const [up, down] = isUrgency ? ['urgent', 'relaxed'] : ['positive', 'negative'];
  // Nobody computed a confidence; half way is the only honest place.
  const balance = /confidence|probability|likelihood/.test(sound) ? 0 : Math.tanh((evidence(up) - evidence(down)) / 5);
  const value = low + ((balance + 1) / 2) * (high - low);
  return schema['type'] === 'integer' ? Math.round(value) : Math.round(value * 100) / 100;
}

function bound(schema: JsonSchema, inclusive: string, exclusive: string): number | undefined {
  const value = schema[inclusive] ?? schema[exclusive];
  return typeof value === 'number' ? value : undefined;
}

/** Rounded where whole numbers are wanted; nothing rather than a number out of bounds. */
function fitting(value: number, schema: JsonSchema): number | undefined {
  const number = acceptsOnlyIntegers(schema) ? Math.round(value) : value;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (typeof minimum === 'number' && number < minimum) return undefined;
  if (typeof maximum === 'number' && number > maximum) return undefined;
  if (typeof exclusiveMinimum === 'number' && number <= exclusiveMinimum) return undefined;
  if (typeof exclusiveMaximum === 'number' && number >= exclusiveMaximum) return undefined;
  if (typeof multipleOf === 'number' && multipleOf > 0 && !Number.isInteger(number / multipleOf)) return undefined;
  return number;
}

function acceptsOnlyIntegers(schema: JsonSchema): boolean {
  const types = [schema['type']].flat();
  return types.includes('integer') && !types.includes('number');
}
