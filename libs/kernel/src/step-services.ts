import type { Problem } from './problem.js';
import type { LogLevel, Usage } from './run-host.js';

/** A model call as a node asks for it. `model` is `provider/model`. */
export interface GenerateRequest {
  readonly model: string;
  readonly system?: string;
  readonly prompt: string;
  /** What has been said since the prompt, oldest first. */
  readonly turns?: readonly ModelTurn[];
  /** Tools that the model may call; the reply then carries `toolCalls`. */
  readonly tools?: readonly ToolDescription[];
  /** `auto` when absent. */
  readonly toolChoice?: 'auto' | 'none' | 'required';
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  /** JSON Schema that the answer must satisfy; the reply then carries `json`. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** A call as the model made it: name and arguments are a stranger's words, not yet checked. */
export interface ModelToolCall {
  /** Unique in the conversation; the tool's turn repeats it. */
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export type ModelTurn =
  | { readonly role: 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls: readonly ModelToolCall[] }
  | {
      readonly role: 'tool';
      readonly toolCallId: string;
      readonly toolName: string;
      readonly content: string;
      readonly isError: boolean;
    };

export interface GenerateReply {
  readonly text: string;
  /** In the order in which the model made them; absent when it made none. */
  readonly toolCalls?: readonly ModelToolCall[];
  readonly json?: unknown;
  readonly usage: Usage;
  /** `provider/model` that really answered. */
  readonly model: string;
  readonly finishReason: string;
  /** True for the built-in simulated model: every screen that shows the answer says so. */
  readonly simulated: boolean;
  /** What the provider could not do as asked. */
  readonly warnings: readonly string[];
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The stored credential that the service attaches, if its host list allows the url; never seen by the kernel. */
  readonly credentialId?: string;
}

export interface HttpReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when the response says it is JSON, text otherwise. */
  readonly body: unknown;
}

export interface ServiceCall {
  /** Aborted by the node's timeout, by cancellation and by loss of the run. */
  readonly signal: AbortSignal;
  /** execution + step path: the same for every attempt, so that a service which honours it acts once. */
  readonly idempotencyKey: string;
}

/** JavaScript that somebody wrote into a node. */
export interface CodeRequest {
  readonly source: string;
  readonly input: unknown;
  /** Time in which it may work. */
  readonly timeoutMs?: number;
}

/** A tool as a model is told about it. */
export interface ToolDescription {
  readonly name: string;
  /** When and why to use it. */
  readonly description: string;
  /** JSON Schema of the arguments, an object at the root. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** A tool that nodes may run through {@link StepServices.callTool}. */
export interface FoundTool extends ToolDescription {
  /** What is wrong with the arguments; pointers start with `/arguments`. Empty when they fit the schema. */
  check(args: unknown): readonly Problem[];
  /** `write`: a call with these arguments changes something outside and goes through the effect ledger. */
  effectOf(args: Readonly<Record<string, unknown>>): 'read' | 'write';
  /** Whether the other side bears such a call twice. */
  isRepeatable(args: Readonly<Record<string, unknown>>): boolean;
  /** The arguments as people may see them, secrets masked. */
  maskArguments(args: Readonly<Record<string, unknown>>): unknown;
}

/** What an agent's loop of model and tools begins with. */
export interface AgentLoopRequest {
  readonly system?: string;
  readonly prompt: string;
  readonly maxTurns: number;
  readonly signal: AbortSignal;
}

/** How the loop asks the model and runs tools; both count from 0 and come out the same in every attempt. */
export interface AgentLoopHooks {
  model(
    turn: number,
    said: readonly ModelTurn[],
  ): Promise<{ readonly text: string; readonly toolCalls: readonly Omit<ModelToolCall, 'id'>[] }>;
  /** Calls of one turn run side by side. */
  tool(turn: number, number: number): Promise<{ readonly content: string; readonly isError: boolean }>;
}

/** The outside world, as far as nodes may reach it. Failures are thrown as `StepError`. */
export interface StepServices {
  generate(request: GenerateRequest, call: ServiceCall & { onText: (text: string) => void }): Promise<GenerateReply>;
  /** Through the one egress door; never follows to private addresses. Resolves for every HTTP status. */
  http(request: HttpRequest, call: ServiceCall): Promise<HttpReply>;
  /** Runs it where it can harm nobody. `onLog` hears what it said, also when it failed. */
  code(
    request: CodeRequest,
    call: ServiceCall & { onLog: (level: LogLevel, message: string) => void },
  ): Promise<{ readonly value: unknown }>;
  /** The tool of that name, if this run may use one. */
  findTool(name: string): Promise<FoundTool | undefined>;
  /** Runs a tool with arguments that have passed its check. */
  callTool(name: string, args: Readonly<Record<string, unknown>>, call: ServiceCall): Promise<unknown>;
  /** Lets model and tools take turns until the model answers; rejects with what a hook has thrown. */
  agentLoop(
    request: AgentLoopRequest,
    hooks: AgentLoopHooks,
  ): Promise<{ readonly text: string; readonly turns: number }>;
}
