/** Letters, digits, `_` and `-`, at most 64, first a letter. */
const NODE_ID = /^[A-Za-z][\w-]{0,63}$/;

/** `transform`, then `transform2`, `transform3`: the first that is free. */
export function newNodeId(wanted: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  const cleaned =
    wanted
      .replaceAll(/[^\w-]/g, '')
      .replace(/^[^A-Za-z]+/, '')
      .slice(0, 58) || 'node';
  if (!used.has(cleaned)) return cleaned;
  const stem = cleaned.replace(/\d+$/, '') || 'node';
  for (let number = 2; ; number += 1) {
    if (!used.has(`${stem}${number}`)) return `${stem}${number}`;
  }
}

/** What is wrong with an id that somebody typed, or null. */
export function findIdProblem(id: string, others: Iterable<string>): string | null {
  if (id === '') return 'Enter an id: expressions find this step by it.';
  if (!NODE_ID.test(id)) return 'Start with a letter; then letters, digits, _ and -, at most 64 in all.';
  if (id in Object.prototype || id === 'prototype') return `“${id}” is reserved: choose another id.`;
  if (new Set(others).has(id)) return `Another node has the id “${id}” already: choose another one.`;
  return null;
}
