export interface Sentence {
  readonly text: string;
  /** Position among all sentences. */
  readonly index: number;
  /** True at the start of a paragraph. */
  readonly opensParagraph: boolean;
}

const LONGEST_SENTENCE = 600;
/** A line this short that ends without a full stop was meant to end there. */
const SHORT_LINE = 50;
const BULLET = /^\s*(?:[-*•–]|\d{1,2}[.)])\s+/;
const ABBREVIATIONS = new Set(
  `mr mrs ms dr prof st no nr vs etc inc ltd co corp dept e.g i.e a.m p.m u.s approx fig jan feb mar apr jun jul aug sep sept oct
  nov dec z.b d.h u.a bzw ca evtl ggf inkl zzgl str abs art bspw usw tel hr fr`.split(/\s+/),
);

/** The sentences of a text in order. Lists and short lines count one sentence per line. */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  for (const paragraph of text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/)) {
    let opensParagraph = true;
    for (const line of unwrap(paragraph)) {
      for (const piece of splitLine(line)) {
        if (!/[\p{L}\p{N}]/u.test(piece)) continue;
        sentences.push({ text: piece, index: sentences.length, opensParagraph });
        opensParagraph = false;
      }
    }
  }
  return sentences;
}

/** Joins lines that were only wrapped. */
function unwrap(paragraph: string): string[] {
  const lines: string[] = [];
  let joinsNext = false;
  for (const raw of paragraph.split('\n')) {
    const line = raw.trim();
    if (line === '') continue;
    if (joinsNext && !BULLET.test(raw) && lines.length > 0) lines[lines.length - 1] += ` ${line}`;
    else lines.push(line.replace(BULLET, ''));
    joinsNext = line.length > SHORT_LINE && !/[.!?:;]["'”’)]?$/.test(line);
  }
  return lines;
}

function splitLine(line: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of line.matchAll(/[.!?…]{1,3}["'”’)\]]{0,2}\s+/g)) {
    const end = match.index + match[0].length;
    if (!endsSentence(line, from, match.index, end, match[0])) continue;
    pieces.push(...cut(line.slice(from, end).trim()));
    from = end;
  }
  if (from < line.length) pieces.push(...cut(line.slice(from).trim()));
  return pieces;
}

function endsSentence(line: string, from: number, at: number, end: number, mark: string): boolean {
  if (!mark.startsWith('.') || mark.startsWith('..')) return true;
  if (!/[\p{Lu}\p{N}"'“„(¿¡]/u.test(line.charAt(end))) return false;
  const before = line.slice(Math.max(from, at - 12), at);
  const word = before.slice(before.search(/[^\s(]*$/));
  // "J. Smith" and "3. März" go on; a year or an amount may well end a sentence.
  return !(ABBREVIATIONS.has(word.toLowerCase()) || /^\p{Lu}$/u.test(word) || /^\d{1,2}$/.test(word));
}

/** Text without full stops still has to come in pieces of a sensible size. */
function cut(piece: string): string[] {
  if (piece.length <= LONGEST_SENTENCE) return piece === '' ? [] : [piece];
  const pieces: string[] = [];
  let from = 0;
  while (piece.length - from > LONGEST_SENTENCE) {
    const space = piece.lastIndexOf(' ', from + LONGEST_SENTENCE);
    const end = space > from ? space : from + LONGEST_SENTENCE;
    pieces.push(piece.slice(from, end).trim());
    from = end;
  }
  pieces.push(piece.slice(from).trim());
  return pieces.filter((part) => part !== '');
}
