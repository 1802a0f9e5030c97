/** What the Responses API sends, as far as we read it. Nothing is promised to be there. */
export interface OpenAIResponsesUsage {
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly input_tokens_details?: { readonly cached_tokens?: number | null } | null;
  readonly output_tokens_details?: { readonly reasoning_tokens?: number | null } | null;
}

/** A message, a function call or a piece of reasoning. */
export interface OpenAIOutputItem {
  readonly type?: string;
  readonly content?:
    readonly { readonly type?: string; readonly text?: string | null; readonly refusal?: string | null }[] | null;
  readonly call_id?: string | null;
  readonly name?: string | null;
  readonly arguments?: string | null;
}

export interface OpenAIResponse {
  readonly id?: string;
  readonly model?: string;
  /** `completed`, `incomplete`, `failed`, `in_progress`, `cancelled`. */
  readonly status?: string | null;
  readonly incomplete_details?: { readonly reason?: string | null } | null;
  readonly output?: readonly OpenAIOutputItem[] | null;
  readonly usage?: OpenAIResponsesUsage | null;
  readonly error?: unknown;
}

/** One event of a stream; its type says which of the fields it has. */
export interface OpenAIResponseEvent {
  readonly type?: string;
  readonly response?: OpenAIResponse | null;
  readonly output_index?: number | null;
  readonly item?: OpenAIOutputItem | null;
  readonly delta?: string | null;
  readonly error?: unknown;
}
