/** Letters, digits, `_` and `-`, at most 64, first a letter. */
export const NODE_ID_PATTERN = /^[A-Za-z][\w-]{0,63}$/;

const RESERVED = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/** Names with a meaning of their own in JavaScript objects: allowed nowhere as an id, so that no code has to think of them. */
export function isReservedId(id: string): boolean {
  return RESERVED.has(id);
}
