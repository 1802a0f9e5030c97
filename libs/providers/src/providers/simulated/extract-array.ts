import type { JsonSchema } from '../../model/json-schema.js';
import { rankLabels } from './classify.js';
import { CueText } from './cue-text.js';
import { type Field, soundOf } from './field.js';
import { conceptNamed } from './lexicon.js';
import type { Found } from './found.js';
import { Material } from './material.js';
import { actionSentences } from './pick-sentences.js';
import { rowOf } from './row.js';
import { sentencesOf } from './sentences.js';
import { summarise } from './summarise.js';
import { keywordsOf } from './title.js';

const MOST_ITEMS = 50;
const LEAST_LABEL_SCORE = 1;
const DEFAULT_KEYWORDS = 5;
const ROW = /^[ \t]{0,8}(?:(?:[-*•|]|\d{1,3}[.)x×]?)[ \t]{1,4})[^\n]{0,400}$/gm;

type Reader = (material: Material, most: number) => string[];
const valuesOf = (found: readonly Found<string>[]): string[] => found.map((item) => item.value);

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/\be ?mails?\b/, (material) => valuesOf(material.emails)],
  [/\b(?:urls?|links?|websites?)\b/, (material) => valuesOf(material.urls)],
  [/\b(?:phones?|telephones?|telefonnummern)\b/, (material) => valuesOf(material.phones)],
  [/\b(?:dates?|deadlines?|daten|termine)\b/, (material) => valuesOf(material.dates)],
  [/\b(?:amounts?|prices?|beträge|preise)\b/, (material) => material.amounts.map((item) => item.text)],
  [/\b(?:compan(?:y|ies)|organi[sz]ations?|firmen|unternehmen)\b/, (material) => valuesOf(material.organisations)],
  [
    /\b(?:names?|people|persons?|participants?|attendees|namen|personen|teilnehmer)\b/,
    (material) => material.names.map((item) => item.value.name),
  ],
  [
    /\b(?:keywords?|tags?|topics?|themes?|schlagw[oö]rter?|stichw[oö]rter?|themen)\b/,
    (material, most) => keywordsOf(material.message, Math.min(most, DEFAULT_KEYWORDS)),
  ],
  [
    /\b(?:actions?|tasks?|todos?|steps|follow ?ups?|aufgaben|schritte)\b/,
    (material, most) => actionSentences(material.message, most),
  ],
  [/\b(?:points|highlights|bullets|takeaways|findings|facts|summary|punkte|erkenntnisse)\b/, keyPoints],
  [
    /\b(?:complaints|problems|issues|negatives|cons|weaknesses|beschwerden|probleme|schwächen)\b/,
    (material) => sentencesAbout(['negative', 'complaint'], material),
  ],
  [
    /\b(?:praise|strengths|positives|pros|compliments|lob|stärken)\b/,
    (material) => sentencesAbout(['positive', 'praise'], material),
  ],
  [
    /\b(?:questions|fragen)\b/,
    (material) =>
      sentencesOf(material.message)
        .map((sentence) => sentence.text)
        .filter((text) => text.endsWith('?')),
  ],
  [
    /\b(?:sentences|quotes|sätze|zitate)\b/,
    (material, most) =>
      sentencesOf(material.message)
        .slice(0, most)
        .map((sentence) => sentence.text),
  ],
  [/\b(?:numbers|ids|references|codes|nummern)\b/, (material) => valuesOf(material.identifiers)],
];

function keyPoints(material: Material, most: number): string[] {
  return summarise(material.message, { bullets: Math.min(most, 3) })
    .split('\n')
    .map((line) => line.replace(/^- /, ''))
    .filter((line) => line !== '');
}

function sentencesAbout(concepts: readonly string[], material: Material): string[] {
  const wanted = concepts.map(conceptNamed);
  return sentencesOf(material.message)
    .map((sentence) => sentence.text)
    .filter((text) => wanted.some((concept) => new CueText(text).evidenceFor(concept) > 0))
    .slice(0, MOST_ITEMS);
}

export interface ItemReader {
  /** Reads one item of the array from a piece of the material. */
  readItem(schema: JsonSchema, material: Material): unknown;
}

/** The items that a list wants; empty when the material holds none. */
export function extractArray(
  field: Field,
  schema: JsonSchema,
  items: JsonSchema,
  material: Material,
  reader: ItemReader,
): unknown[] {
  const most = typeof schema['maxItems'] === 'number' ? Math.min(schema['maxItems'], MOST_ITEMS) : MOST_ITEMS;
  return unique(find(field, items, material, most, reader)).slice(0, most);
}

function find(field: Field, items: JsonSchema, material: Material, most: number, reader: ItemReader): unknown[] {
  if (Array.isArray(items['enum'])) return labels(items['enum'], material);
  const types = [items['type']].flat();
  if (types.includes('object') || items['properties']) return rows(items, material, reader);
  if (types.includes('number') || types.includes('integer')) return numbers(field, types, material);
  if (types.includes('string')) return strings(field, items, material, most);
  return [];
}

function labels(values: readonly unknown[], material: Material): unknown[] {
  const names = values.filter((value): value is string => typeof value === 'string');
  const ranked = rankLabels(
    material.text,
    names.map((name) => ({ name })),
  );
  return ranked.filter(({ score }) => score >= LEAST_LABEL_SCORE).map(({ label }) => label);
}

/** Each line of a list or table that yields at least half of what an item wants. */
function rows(items: JsonSchema, material: Material, reader: ItemReader): unknown[] {
  const wanted = Math.max(1, Object.keys(items['properties'] ?? {}).length / 2);
  return [...material.text.matchAll(ROW)].slice(0, MOST_ITEMS).flatMap((match) => {
    const row = rowOf(match[0]);
    const item = reader.readItem(items, new Material(match[0].trim(), [], row));
    const filled = Object.values(item ?? {}).filter((value) => value !== null && value !== '').length;
    return filled >= wanted ? [item] : [];
  });
}

function numbers(field: Field, types: readonly unknown[], material: Material): number[] {
  const isMoney = /\b(?:amounts?|prices?|costs?|beträge|preise)\b/.test(soundOf(field));
  const found = isMoney
    ? material.amounts.map((item) => item.value.number)
    : material.numbers.map((item) => item.value);
  return types.includes('number') ? found : found.filter((value) => Number.isInteger(value));
}

function strings(field: Field, items: JsonSchema, material: Material, most: number): string[] {
  if (items['format'] === 'email') return valuesOf(material.emails);
  if (items['format'] === 'uri') return valuesOf(material.urls);
  if (items['format'] === 'date') return valuesOf(material.dates);
  const own = field.words.join(' ');
  const reader =
    READERS.find(([expression]) => expression.test(own)) ??
    READERS.find(([expression]) => expression.test(soundOf(field)));
  if (reader) return reader[1](material, most);
  return [...material.text.matchAll(ROW)].map((match) => match[0].trim().replace(/^(?:[-*•|]|\d{1,3}[.)])\s+/, ''));
}

function unique(values: readonly unknown[]): unknown[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = JSON.stringify(value);
    return !seen.has(key) && seen.add(key);
  });
}
