import { findAmounts } from './find-amounts.js';

/** A line of a list or table, such as `- 4 x Desk lamp 39,90 EUR`. */
export interface Row {
  /** How many; 1 when the line does not say. */
  readonly quantity: number;
  /** Amounts in order: the unit price before the total. */
  readonly amounts: readonly number[];
  /** What is left when numbers and marks are taken away. */
  readonly text: string;
}

const BULLET = /^[ \t]{0,8}(?:[-*•|]|\d{1,3}[.)](?=\s))[ \t]{0,4}/;
const QUANTITY =
  /(?:^|\s|\|)(\d{1,6})\s?(?:x|×|pcs\.?|pieces|units|stk\.?|stück)(?=\s|$)|(?:x|×)\s?(\d{1,6})\b|^(\d{1,6})\s(?=\p{L})/iu;

export function rowOf(line: string): Row {
  const content = line.replace(BULLET, '').trim();
  const amounts = findAmounts(content);
  const counted = QUANTITY.exec(content);
  let text = content;
  for (const { text: written } of amounts) text = text.replace(written, ' ');
  if (counted) text = text.replace(counted[0], ' ');
  return {
    quantity: counted ? Number(counted[1] ?? counted[2] ?? counted[3]) : 1,
    amounts: amounts.map((found) => found.value.number),
    text: text
      .replace(/[|\t]+/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[\s,:;@=–-]+|[\s,:;@=–-]+$/g, ''),
  };
}
