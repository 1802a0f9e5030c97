import type { Problem } from './problem.js';
import type { LogLevel, Usage } from './run-host.js';

/** A model call as a node asks for it. `model` is `provider/model`. */
export interface GenerateRequest {
  readonly model: string;
  /** Asked in this order when it fails; the organisation's own choice when absent. */
  readonly fallbackModels?: readonly string[];
  /** What is done about texts that look like an attempt to steer the model; the organisation decides when absent. */
  readonly guard?: 'allow' | 'flag' | 'block';
  readonly system?: string;
  /** What was said before the prompt, oldest first: a conversation that goes on. */
  readonly history?: readonly ModelTurn[];
  readonly prompt: string;
  /** Pictures that come with the prompt. */
  readonly images?: readonly ModelImage[];
  /** What has been said since the prompt, oldest first. */
  readonly turns?: readonly ModelTurn[];
  /** Tools that the model may call; the reply then carries `toolCalls`. */
  readonly tools?: readonly ToolDescription[];
  /** `auto` when absent; an object forces that tool. */
  readonly toolChoice?: 'auto' | 'none' | 'required' | { readonly name: string };
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  /** Texts at which the answer ends. */
  readonly stop?: readonly string[];
  /** JSON Schema that the answer must satisfy; the reply then carries `json`. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** The version of the prompt library that `system` and `prompt` were made from. */
  readonly promptRef?: PromptVersionRef;
  /** Name and version of a prompt of our own that is part of it, for example `classify@1`. */
  readonly ownPrompt?: string;
}

/** Names one version of one prompt of the organisation's library. */
export interface PromptVersionRef {
  readonly id: string;
  readonly version: number;
}

/** A call as the model made it: name and arguments are a stranger's words, not yet checked. */
export interface ModelToolCall {
  /** Unique in the conversation; the tool's turn repeats it. */
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** What its provider wants to see again, unread, when the conversation goes on. */
  readonly signature?: string;
}

/** A picture that a model is to look at. One that cannot see says so in the reply's warnings. */
export interface ModelImage {
  /** For example `image/png`. */
  readonly mediaType: string;
  /** Base64, without the `data:` prefix. */
  readonly data: string;
}

export type ModelTurn =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: string; readonly images?: readonly ModelImage[] }
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

/** A model call of a step. */
export interface ModelCall extends ServiceCall {
  /** Address of the step in its run. */
  readonly stepPath: string;
  /** Hears the text as it comes. */
  onText(text: string): void;
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

/** When a person is asked before a call of a tool: never, before calls that change something, before every one. */
export type ApprovalPolicy = 'never' | 'onWrite' | 'always';

/** A tool that nodes may run through {@link StepServices.callTool}. */
export interface FoundTool extends ToolDescription {
  /** What the tool itself wants, whatever the agent's author has chosen: the stricter of the two counts. Absent: `never`. */
  readonly approval?: ApprovalPolicy;
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

/** Texts to be placed in a space of meaning. `model` is `provider/model`. */
export interface EmbedRequest {
  readonly model: string;
  readonly texts: readonly string[];
}

export interface EmbedReply {
  /** One vector per text, in the order of the texts. */
  readonly embeddings: readonly (readonly number[])[];
  readonly usage: Usage;
  readonly model: string;
  readonly simulated: boolean;
}

/** The outside world, as far as nodes may reach it. Failures are thrown as `StepError`. */
export interface StepServices {
  generate(request: GenerateRequest, call: ModelCall): Promise<GenerateReply>;
  embed(request: EmbedRequest, call: ServiceCall & Pick<ModelCall, 'stepPath'>): Promise<EmbedReply>;
  /** Through the one egress door; never follows to private addresses. Resolves for every HTTP status. */
  http(request: HttpRequest, call: ServiceCall): Promise<HttpReply>;
  /** Runs it where it can harm nobody. `onLog` hears what it said, also when it failed. */
  code(
    request: CodeRequest,
    call: ServiceCall & { onLog: (level: LogLevel, message: string) => void },
  ): Promise<{ readonly value: unknown }>;
  /** The tool of that name, if this run may use one. */
  findTool(name: string): Promise<FoundTool | undefined>;
  /**
   * Runs a tool with arguments that have passed its check.
   * @param call with the credential that the author has chosen for the tool; never seen by the kernel or the model
   */
  callTool(
    name: string,
    args: Readonly<Record<string, unknown>>,
    call: ServiceCall & { readonly credentialId?: string },
  ): Promise<unknown>;
  /** Lets model and tools take turns until the model answers; rejects with what a hook has thrown. */
  agentLoop(
    request: AgentLoopRequest,
    hooks: AgentLoopHooks,
  ): Promise<{ readonly text: string; readonly turns: number }>;
}
