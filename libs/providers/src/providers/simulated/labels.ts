import type { Label } from './classify.js';

const MOST_LABELS = 50;
const LONGEST_LABEL = 60;
const MOST_LISTS = 20;
/** Labels stand near the beginning; what is longer is no longer an instruction. */
const LONGEST_INSTRUCTION = 10_000;

/** Words after which an instruction lists its labels, the clearest first. */
const INTRODUCTIONS = [
  /\b(?:one of|one word|either|labels?|categor(?:y|ies)|classes|options|choices|values|into|as|among|between|kategorien?|eine[rs]? der|entweder|zwischen|als|in)\b[^\n:.]{0,60}?:\s*/giu,
  /\bone of(?: the(?: following)?)?(?: labels| categories| values)?\s+|\beine[rs]? der(?: kategorien)?\s+/giu,
  /\b(?:either|entweder|between|zwischen)\s+/giu,
  /\b(?:as|into|als|in)\s+/giu,
  /:\s+/gu,
];

/** The labels that an instruction offers, with what it says about each; empty when it offers none. */
export function labelsIn(text: string): Label[] {
  const instruction = text.slice(0, LONGEST_INSTRUCTION);
  const candidates = [
    bulleted(instruction),
    ...introduced(instruction),
    bracketed(instruction),
    quoted(instruction),
    slashed(instruction),
  ];
  for (const candidate of candidates) {
    if (candidate.length >= 2 && candidate.length <= MOST_LABELS) return unique(candidate);
  }
  return [];
}

/** `- billing: invoices and refunds`, one per line. */
function bulleted(instruction: string): Label[] {
  return [...instruction.matchAll(/^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]+(.{1,300})$/gm)].flatMap((match) =>
    toLabels(match[1]!),
  );
}

/** `one of billing, technical or other.` */
function introduced(instruction: string): Label[][] {
  const matches = INTRODUCTIONS.flatMap((introduction) => [...instruction.matchAll(introduction)].slice(0, MOST_LISTS));
  return matches.map((match) => {
    const list = instruction
      .slice(match.index + match[0].length)
      .split(/\n|(?<!\b(?:e\.g|i\.e|z\.B))\.(?:\s|$)|;\s|\?/)[0]!;
    const parts = splitList(list.slice(0, 2_000));
    return parts.length >= 2 ? parts.flatMap(toLabels) : [];
  });
}

/** `(sales, support or HR)` */
function bracketed(instruction: string): Label[] {
  const match = /\(([^()\n]{3,500})\)/.exec(instruction);
  return match && !/^(?:e\.g|i\.e|z\.B)/i.test(match[1]!) ? splitList(match[1]!).flatMap(toLabels) : [];
}

function quoted(instruction: string): Label[] {
  return [...instruction.matchAll(/["'“„‘`]([^"'“”„‘’`\n]{1,60})["'”“’`]/g)].map((match) => ({
    name: match[1]!.trim(),
  }));
}

/** `(positive/negative/neutral)` or `positive | negative`. */
function slashed(instruction: string): Label[] {
  const match = /[\p{L}\p{N}_-]{1,40}(?:\s?[/|]\s?[\p{L}\p{N}_-]{1,40}){1,20}/u.exec(instruction);
  return match ? match[0].split(/\s?[/|]\s?/).map((name) => ({ name })) : [];
}

/** Splits at commas and at the last "or", but not inside brackets. */
function splitList(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of list) {
    if (character === '(' || character === '[') depth++;
    if (character === ')' || character === ']') depth = Math.max(0, depth - 1);
    if (depth === 0 && (character === ',' || character === '|' || character === '/')) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  parts.push(part);
  return parts
    .flatMap((piece) =>
      /\(.*\b(?:or|and|oder|und)\b.*\)/i.test(piece) ? [piece] : piece.split(/\s(?:or|and|oder|und)\s/i),
    )
    .map((piece) => piece.replace(/^\s*(?:or|and|oder|und)\s+/i, '').trim())

    .map((piece) => piece.replace(/\s+(?:zu|ein)$/, ''))
    .filter((piece) => piece !== '');
}

/** `billing (invoices, refunds)` and `billing: invoices, refunds` have a description. */
function toLabels(text: string): Label[] {
  const match = /^["'“„‘`*]{0,3}([^:("“”]{1,60}?)["'”“’`*]{0,3}\s*(?:[:(–—]\s*|\s-\s)(.+?)\)?$/u.exec(text.trim());
  const name = (match?.[1] ?? text).replace(/^["'“„‘`*[]+|["'”“’`*\].]+$/gu, '').trim();
  if (name === '' || name.length > LONGEST_LABEL || name.split(/\s+/).length > 5) return [];
  return [match ? { name, description: match[2] } : { name }];
}

function unique(labels: readonly Label[]): Label[] {
  const seen = new Set<string>();
  return labels.filter(({ name }) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()));
}
