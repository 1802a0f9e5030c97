/** What the Messages API sends, as far as we read it. Nothing is promised to be there: gateways leave fields out. */
export interface AnthropicUsage {
  /** Without those that were written to or read from the cache. */
  readonly input_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly output_tokens_details?: { readonly thinking_tokens?: number | null } | null;
}

/** `text`, `tool_use`, `thinking` and others. */
export interface AnthropicBlock {
  readonly type?: string;
  readonly text?: string | null;
  readonly id?: string | null;
  readonly name?: string | null;
  readonly input?: unknown;
}

export interface AnthropicMessage {
  readonly type?: string;
  readonly id?: string;
  readonly model?: string;
  readonly content?: readonly AnthropicBlock[] | null;
  readonly stop_reason?: string | null;
  readonly usage?: AnthropicUsage | null;
  readonly error?: unknown;
}

/** One event of a stream; its type says which of the fields it has. */
export interface AnthropicEvent {
  readonly type?: string;
  readonly index?: number;
  readonly message?: AnthropicMessage | null;
  readonly content_block?: AnthropicBlock | null;
  readonly delta?: {
    readonly type?: string;
    readonly text?: string | null;
    readonly partial_json?: string | null;
    readonly stop_reason?: string | null;
  } | null;
  readonly usage?: AnthropicUsage | null;
  readonly error?: unknown;
}
