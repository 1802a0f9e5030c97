/** What happens to a message that comes while the conversation's last turn is still under way. */
export const WHEN_BUSY = ['reject', 'queue', 'interrupt', 'rollback'] as const;

export type WhenBusy = (typeof WHEN_BUSY)[number];

/** How an agent holds conversations. */
export interface ChatSettings {
  readonly whenBusy: WhenBusy;
  /** Days after its last message at which a conversation is deleted; null keeps it. */
  readonly keepDays: number | null;
  /** What the model is given of a conversation at most, in tokens, system prompt and new message included. */
  readonly windowTokens: number;
}

export const MIN_WINDOW_TOKENS = 500;
export const MAX_WINDOW_TOKENS = 1_000_000;

export const DEFAULT_CHAT_SETTINGS: ChatSettings = { whenBusy: 'reject', keepDays: null, windowTokens: 16_000 };

/** What an agent has said, and the defaults for the rest. */
export function chatSettingsOf(chat: Partial<ChatSettings>): ChatSettings {
  return { ...DEFAULT_CHAT_SETTINGS, ...chat };
}
