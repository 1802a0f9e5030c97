/** One tool call of the model, as the hooks gave it. */
export interface LoopCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** A call with an id that the loop has minted: the same in every attempt, whatever the model called it. */
export interface LoopCallWithId extends LoopCall {
  readonly id: string;
}

/** What has been said since the prompt. */
export type LoopMessage =
  | { readonly role: 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls: readonly LoopCallWithId[] }
  | {
      readonly role: 'tool';
      readonly toolCallId: string;
      readonly toolName: string;
      readonly content: string;
      readonly isError: boolean;
    };

export interface LoopReply {
  readonly text: string;
  /** Empty when this is the answer. */
  readonly toolCalls: readonly LoopCall[];
}

export interface LoopToolResult {
  /** What the model is told. */
  readonly content: string;
  readonly isError: boolean;
}

/** How the loop reaches the world. What a hook throws ends the loop with exactly that. */
export interface LoopHooks {
  /** Asks the model. Turns count from 0. */
  model(turn: number, messages: readonly LoopMessage[]): Promise<LoopReply>;
  /** Runs call number `number`, from 0, of a turn. Calls of one turn run side by side, ten at a time. */
  tool(turn: number, number: number, call: LoopCall): Promise<LoopToolResult>;
}

export interface LoopRequest {
  readonly system?: string;
  readonly prompt: string;
  /** A bound on LangGraph's own steps; who wants to say something about it stops the loop in a hook. */
  readonly maxTurns: number;
  readonly signal: AbortSignal;
}

export interface LoopResult {
  readonly text: string;
  /** Model calls that were made. */
  readonly turns: number;
}
