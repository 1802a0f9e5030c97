/** What Ollama sends, as far as we read it; lines of a stream have the shape of a whole reply. */
export interface OllamaReply {
  readonly model?: string;
  readonly message?: {
    readonly content?: string;
    readonly tool_calls?: readonly {
      readonly id?: string;
      readonly function?: { readonly name?: string; readonly arguments?: unknown };
    }[];
  } | null;
  readonly done?: boolean;
  readonly done_reason?: string;
  /** Tokens of the prompt. */
  readonly prompt_eval_count?: number;
  /** Tokens of the answer. */
  readonly eval_count?: number;
  readonly error?: unknown;
}
