/** Runs that are turns of a conversation. Only our own doors start runs with these triggers, so their input is ours too. */
const CONVERSATION_TRIGGERS = ['chat', 'openai'] as const;

export function isConversation(trigger: string): boolean {
  return CONVERSATION_TRIGGERS.some((each) => each === trigger);
}

/** What `vars` holds for a turn of a conversation; undefined for every other run. The input keeps it, so that each attempt sees the same. */
export function conversationVars(trigger: string, input: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isConversation(trigger)) return undefined;
  const { session = {}, overrides } = (input ?? {}) as Record<string, unknown>;
  return { session, ...(overrides !== undefined && { overrides }) };
}
