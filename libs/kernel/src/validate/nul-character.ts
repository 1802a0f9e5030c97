import type { Problem } from '../problem.js';

/** Names and ports become text columns, and Postgres has no text with a NUL character. */
export function nulCharacterProblem(
  text: string | undefined,
  subject: string,
  pointer: string,
  nodeId?: string,
): Problem | undefined {
  if (!text?.includes('\0')) return undefined;
  return {
    pointer,
    code: 'graph.nul_character',
    message: `${subject} contains a NUL character (U+0000), which cannot be kept: remove it.`,
    ...(nodeId !== undefined && { nodeId }),
  };
}
