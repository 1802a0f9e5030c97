/** One turn of a conversation in which neighbouring turns must have different roles. */
export interface Turn<Role, Part> {
  readonly role: Role;
  readonly parts: readonly Part[];
}

/** Joins neighbouring turns of one role, as the results of parallel tool calls are, and leaves empty ones out. */
export function mergeTurns<Role, Part>(turns: readonly Turn<Role, Part>[]): Turn<Role, Part>[] {
  const merged: { role: Role; parts: Part[] }[] = [];
  for (const { role, parts } of turns) {
    if (parts.length === 0) continue;
    const last = merged.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else merged.push({ role, parts: [...parts] });
  }
  return merged;
}
