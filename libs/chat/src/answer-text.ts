const FIELDS = ['text', 'message', 'answer', 'content'];

/** What an agent's output says: a text, or the field of an object that holds one; anything else as JSON. */
export function answerText(output: unknown): string {
  if (typeof output === 'string') return output;
  if (typeof output === 'object' && output !== null && !Array.isArray(output)) {
    const record = output as Record<string, unknown>;
    for (const field of FIELDS) if (typeof record[field] === 'string') return record[field];
  }
  return output === null || output === undefined ? '' : JSON.stringify(output);
}
