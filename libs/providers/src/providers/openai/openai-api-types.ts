/**
 * What servers that imitate OpenAI really send. The SDK's types describe OpenAI alone and promise every field;
 * imitations leave many of them out, so everything here may be missing.
 */
export interface OpenAIUsage {
  readonly prompt_tokens?: number | null;
  readonly completion_tokens?: number | null;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number | null } | null;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number | null } | null;
}

export interface OpenAIToolCall {
  readonly id?: string | null;
  readonly type?: string;
  readonly function?: { readonly name?: string | null; readonly arguments?: string | null } | null;
}

/** A fragment of a call; fragments of one call share its index. */
export interface OpenAIToolCallDelta extends OpenAIToolCall {
  readonly index?: number | null;
}

export interface OpenAIErrorBody {
  readonly message?: string;
  readonly type?: string | null;
  readonly param?: string | null;
  readonly code?: string | number | null;
}

export interface OpenAICompletion {
  readonly id?: string;
  readonly model?: string;
  readonly system_fingerprint?: string | null;
  readonly choices?: readonly {
    readonly finish_reason?: string | null;
    readonly message?: {
      readonly content?: string | null;
      readonly refusal?: string | null;
      readonly tool_calls?: readonly OpenAIToolCall[] | null;
    } | null;
  }[];
  readonly usage?: OpenAIUsage | null;
  readonly error?: OpenAIErrorBody | string | null;
}

export interface OpenAIChunk {
  readonly id?: string;
  readonly model?: string;
  readonly system_fingerprint?: string | null;
  readonly choices?: readonly {
    readonly finish_reason?: string | null;
    readonly delta?: {
      readonly content?: string | null;
      readonly refusal?: string | null;
      readonly tool_calls?: readonly OpenAIToolCallDelta[] | null;
    } | null;
  }[];
  readonly usage?: OpenAIUsage | null;
  readonly error?: OpenAIErrorBody | string | null;
}
