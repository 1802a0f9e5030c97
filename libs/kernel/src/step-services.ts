import type { Usage } from './run-host.js';

/** A model call as a node asks for it. `model` is `provider/model`. */
export interface GenerateRequest {
  readonly model: string;
  readonly system?: string;
  readonly prompt: string;
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  /** JSON Schema that the answer must satisfy; the reply then carries `json`. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

export interface GenerateReply {
  readonly text: string;
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

/** The outside world, as far as nodes may reach it. Failures are thrown as `StepError`. */
export interface StepServices {
  generate(request: GenerateRequest, call: ServiceCall & { onText: (text: string) => void }): Promise<GenerateReply>;
  /** Through the one egress door; never follows to private addresses. Resolves for every HTTP status. */
  http(request: HttpRequest, call: ServiceCall): Promise<HttpReply>;
}
