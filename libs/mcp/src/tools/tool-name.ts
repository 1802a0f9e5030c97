/**
 * `answer-a-question` → `answer_a_question`. Slugs have hyphens and no underscores, so each name belongs to one slug, and
 * a name with a hyphen, such as that of our own tool, to none.
 */
export function toolNameOf(slug: string): string {
  return slug.replaceAll('-', '_');
}

/** The slug that a tool of this name belongs to; null for a name that no agent can have. */
export function slugOfTool(name: string): string | null {
  return /^[a-z0-9]+(_[a-z0-9]+)*$/.test(name) ? name.replaceAll('_', '-') : null;
}
