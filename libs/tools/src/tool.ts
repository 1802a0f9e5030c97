import type { Permission } from '#auth';
import type { ApprovalPolicy } from '#kernel';
import type { ToolCredential } from './tool-credential.js';

/** Checked against the tool's schema before anyone sees them. */
export type ToolArguments = Readonly<Record<string, unknown>>;

export interface ToolCall {
  /** Aborted by the tool's time limit and by the end of whoever called. */
  readonly signal: AbortSignal;
  /** The same for every attempt at this call, for services that honour one. */
  readonly idempotencyKey: string;
  /** Null where the tool needs none and none was chosen. */
  readonly credential: ToolCredential | null;
}

/** Which credentials a tool takes. */
export interface CredentialNeed {
  /** Of one of these kinds; every kind that is attached to web requests when empty. */
  readonly kinds: readonly string[];
  readonly required: boolean;
}

/** Something that an agent can do. Failures are thrown as `StepError`, in words that a model can act upon. */
export interface Tool {
  /** Letters, digits, `_` and `-`, at most 64: the narrowest rule among model providers. */
  readonly name: string;
  /** The tool set of the organisation that it belongs to; absent for what AgentFlow brings along. */
  readonly set?: { readonly id: string; readonly name: string };
  /** When and why to use it; models choose by this. */
  readonly description: string;
  /** JSON Schema with an object at the root. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** JSON Schema of the result, for people and clients; not checked. */
  readonly outputSchema?: Readonly<Record<string, unknown>>;
  /** `write`: it may change something outside. */
  readonly effect: 'read' | 'write';
  /** When a person is asked in runs, whatever the agent's author has chosen: the stricter counts. `never` when absent. */
  readonly approval?: ApprovalPolicy;
  readonly timeoutMs: number;
  /** JSON bytes of its result. */
  readonly outputBytes: number;
  /** What somebody must hold who runs it by hand, beside `tools:run`. */
  readonly permission?: Permission;
  /** Absent for a tool that takes no credential. */
  readonly credential?: CredentialNeed;
  run(args: ToolArguments, call: ToolCall): unknown;
  /** For a tool that only sometimes writes; `effect` when absent. */
  effectOf?(args: ToolArguments): 'read' | 'write';
  /** Whether the other side bears the same call twice; reading always may be repeated. */
  isRepeatable?(args: ToolArguments): boolean;
  /** The arguments as people may see them; as they are when absent. */
  maskArguments?(args: ToolArguments): unknown;
}
