import { findAll, type Found } from './found.js';

export interface LabelledValue {
  /** What stands before the colon. */
  readonly label: string;
  readonly value: string;
}

const LABELLED =
  /^[ \t]{0,8}(?:[-*•|][ \t]{0,3})?(?:\*\*)?([\p{L}][\p{L}\p{N} ./#&()'-]{0,40}?)(?:\*\*)?[ \t]{0,3}(?::(?:\*\*)?[ \t]{1,20}|[ \t]{0,3}[=|][ \t]{0,20})(\S[^\n]{0,400})$/gmu;
const IDENTIFIER =
  /(?<![\p{L}\p{N}])#?((?:\p{Lu}{1,6}[-/]?)?\d[\p{L}\p{N}]{0,20}(?:[-/][\p{L}\p{N}]{1,20}){0,4}|\p{Lu}{2,10}(?:-[\p{Lu}\p{N}]{1,12}){1,4})(?![\p{L}\p{N}])/gu;
const LEAST_DIGITS = 3;

/** Lines such as `Due date: 12 March 2026`. */
export function findLabelled(text: string): Found<LabelledValue>[] {
  return findAll(text, LABELLED, (match) => ({ label: match[1]!.trim(), value: match[2]!.replace(/[ \t|]+$/, '') }));
}

/** Numbers and codes that name something: `INV-2026-0042`, `#48213`, `RE2026/17`. */
export function findIdentifiers(text: string): Found<string>[] {
  return findAll(text, IDENTIFIER, (match) => {
    const digits = match[1]!.replace(/\D/g, '').length;
    const isMarked = match[0].startsWith('#') || /\p{L}/u.test(match[1]!);
    return digits >= LEAST_DIGITS || (isMarked && digits > 0) ? match[1] : undefined;
  });
}
