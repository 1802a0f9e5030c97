import type { JsonSchema } from '../../model/json-schema.js';
import { extractJson } from './extract-json.js';

const ASKED =
  /\b(?:extract|pull out|find|list|identify|get|fields?|keys|extrahiere|finde|nenne|felder)\b:?\s*(?:all|any|every|the|following|these|die|den|das|alle|folgenden?|:|\s)*([^.\n]{3,300}?)(?:\s+(?:from|in|out of|as|for|aus|von|im|als)\b|[.\n]|:|$)/giu;
const NUMBER = /\b(?:amount|total|price|quantity|count|age|number of|betrag|preis|menge|anzahl|summe)\b/i;
const PLURAL = /(?:[^s]s|ies|namen|termine|beträge)$/i;
const LONGEST_FIELD_WORDS = 4;

/** What an instruction names in words, such as "the name, e-mail and amount"; undefined when it names nothing. */
export function extractText(instruction: string, material: string): Record<string, unknown> | undefined {
  for (const match of instruction.matchAll(ASKED)) {
    const fields = fieldsIn(match[1]!);
    if (fields.length === 0) continue;
    const properties = Object.fromEntries(fields.map((field) => [field.replace(/[\s-]+/g, '_'), schemaOf(field)]));
    return extractJson({ type: 'object', properties }, material) as Record<string, unknown>;
  }
  return undefined;
}

function fieldsIn(list: string): string[] {
  return list
    .split(/,|;|\band\b|\bund\b|&|\n/i)
    .map((field) =>
      field
        .replace(/["'`*•]/g, '')
        .replace(/^[\s-]*(?:(?:the|an?|all|any|die|den|das|der|alle)\s+)*/iu, '')
        .replace(/\be-mail/gi, 'email')
        .trim()
        .toLowerCase(),
    )
    .filter((field) => /\p{L}/u.test(field) && field.split(/\s+/).length <= LONGEST_FIELD_WORDS);
}

function schemaOf(field: string): JsonSchema {
  const text = { type: ['string', 'null'] };
  if (PLURAL.test(field)) return { type: 'array', items: { type: 'string' } };
  return NUMBER.test(field) ? { type: ['number', 'null'] } : text;
}
