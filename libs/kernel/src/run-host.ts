import type { StepServices } from './step-services.js';

/** Tokens and money of one step or of a whole run. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Part of `inputTokens` that the provider served from its cache. */
  readonly cachedInputTokens: number;
  /** Integer micro-USD; null when the price of a model is not known (which is not zero). */
  readonly costMicroUsd: number | null;
}

/** How a step or run failed, in the words that people, API and log share. */
export interface Failure {
  /** Dotted and stable, for example `http.status`. */
  readonly code: string;
  /** What happened and what to do about it. Never contains a secret. */
  readonly message: string;
  /** Whether trying the same again can help. */
  readonly retryable: boolean;
  /** The step that failed; absent when the run as a whole did. */
  readonly stepId?: string;
}

/** What is kept of a finished step: everything that a resumed run needs in order not to run it again. */
export interface StepRecord {
  /** Address of the step in its run; the node id for plain nodes. One committed record per path. */
  readonly path: string;
  readonly nodeId: string;
  readonly kind: string;
  readonly status: 'succeeded' | 'failed';
  /** The output port it left by. */
  readonly port: string;
  /** Resolved configuration as a reader may see it (prompt as sent, url, …); secrets masked. */
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: Failure;
  readonly usage?: Usage;
  /** Attempts of this node that were made, ≥ 1. */
  readonly tries: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

/**
 * What a step may wait for without holding a worker: a moment, a person's decision, an event from outside, another run,
 * a person's word on whether an effect of unknown outcome has happened, or room in a budget.
 */
export type WaitKind = 'timer' | 'approval' | 'event' | 'run' | 'effect' | 'budget';

export interface WaitRequest {
  readonly kind: WaitKind;
  /** Tells several waits of one step apart; the same in every attempt. */
  readonly key: string;
  /** What people read in the inbox and on the run page. */
  readonly title: string;
  /** What is to be decided about; a decision is bound to its hash. Secrets masked. */
  readonly payload?: unknown;
  /** JSON Schema of what the answer must bring along. */
  readonly form?: Readonly<Record<string, unknown>>;
  /** Decisions that a person may take, for kinds that ask one. */
  readonly decisions?: readonly string[];
  /** Epoch milliseconds at which the wait answers itself with `timeout` (a timer: with `due`). */
  readonly dueAt?: number;
  /** For kind `event`: which event, and which one of those with this name. */
  readonly event?: { readonly name: string; readonly correlation?: string };
  /** For kind `run`: the run to start and to wait for. */
  readonly run?: { readonly agentId: string; readonly version?: number; readonly input: unknown };
}

export interface WaitAnswer {
  /** `due` · `timeout` · `approved` · `rejected` · `received` · `succeeded` · `failed` · `happened` · `not_happened` · `funded`. */
  readonly decision: string;
  /** Form values, event payload, output of the other run, or what the effect answered according to the person. */
  readonly data?: unknown;
  /** Why it failed, for a run that did. */
  readonly error?: Failure;
  /** Who decided, as people know them; absent when nobody did. */
  readonly by?: string;
}

/** One entry of the effect ledger: an act on the outside world that must not happen twice. */
export interface EffectRecord {
  /** Path of the step, without the `~2` that a further try of the step above adds to it. */
  readonly path: string;
  /** The logical call in the step, minted by us; the same in every attempt. */
  readonly call: string;
  /** Counts from 1 how often the act was begun on purpose. */
  readonly round: number;
  /** `unknown`: begun, and nobody knows whether it happened. `intended` means the same once its attempt is over. */
  readonly state: 'intended' | 'completed' | 'failed' | 'unknown';
  /** SHA-256 of the request in hex. */
  readonly requestHash: string;
  readonly response?: unknown;
}

/** Events that the kernel announces, with their data; the host numbers and journals them. */
export interface KernelEvents {
  /** One per attempt; `try` counts from 1. A resumed run starts counting again. */
  readonly 'step-start': {
    readonly kind: string;
    readonly name?: string;
    /** The node that the step belongs to, where the path alone does not say it. */
    readonly nodeId?: string;
    readonly try: number;
  };
  /** Attempt number `try` failed; the next one starts after `waitMs`. */
  readonly 'step-retry': { readonly try: number; readonly waitMs: number; readonly error: Failure };
  readonly 'step-end': {
    readonly status: 'succeeded' | 'failed';
    readonly port: string;
    readonly tries: number;
    readonly output?: unknown;
    readonly error?: Failure;
    readonly usage?: Usage;
    readonly simulated?: boolean;
  };
  readonly log: { readonly level: LogLevel; readonly message: string };
}

export type KernelEventType = keyof KernelEvents;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Bounds of one run. Reaching one ends the run with `run.limit_<name>`. */
export interface RunLimits {
  /** Node visits, retries not counted. */
  readonly maxSteps: number;
  /** JSON bytes of one step's output. */
  readonly maxOutputBytes: number;
  /** Input and output tokens of all steps together. */
  readonly maxTokens: number;
}

/**
 * What the kernel needs from whoever runs it. The kernel itself knows neither database nor queue nor socket:
 * the executions domain implements this over the journal, tests implement it in memory.
 */
export interface RunHost {
  readonly executionId: string;
  /** Aborted with a `RunAborted` as reason when the run is cancelled, timed out or fenced off. */
  readonly signal: AbortSignal;
  readonly limits: RunLimits;
  readonly services: StepServices;
  /** What expressions see as `vars`; nothing when absent. */
  readonly vars?: Readonly<Record<string, unknown>> | undefined;
  /** The committed record of an earlier attempt of this run, if that step finished then. */
  recorded(path: string): StepRecord | undefined;
  /** Announces; becomes durable with the next commit, visible to watchers only afterwards. */
  emit<Type extends KernelEventType>(type: Type, stepId: string, data: KernelEvents[Type]): void;
  /** Text of a step as it is generated. The host coalesces it into `text-delta` frames. */
  delta(stepId: string, text: string): void;
  /** Keeps a finished step; durable with the next commit. */
  record(step: StepRecord): void;
  /**
   * The answer, when it is known. Otherwise opens the wait, unless an earlier attempt has, announces it as `wait-start`
   * with the next commit, and gives a promise that resolves only if the answer comes while this attempt still runs.
   */
  wait(path: string, request: WaitRequest): WaitAnswer | Promise<WaitAnswer>;
  /** Whether the step has asked for this wait before, in this or an earlier attempt. */
  hasAsked(path: string, key: string): boolean;
  /** The newest entry of the effect ledger for this call, of this or an earlier attempt. */
  effect(path: string, call: string): EffectRecord | undefined;
  /** Writes to the effect ledger; durable with the next commit. */
  recordEffect(effect: EffectRecord): void;
  /**
   * Resolves when everything emitted and recorded so far is durable. Rejects when this run is no longer ours, with a
   * `RunAborted` that says why.
   */
  commit(): Promise<void>;
  /** Told of every exception that is no `StepError`, a defect of ours: the failure that people see hides it. */
  report?(error: unknown, stepId: string): void;
}

/**
 * How a walk ended; `waiting`: nothing goes on before one of the open waits is answered. Cancellation and time-outs arrive as the abort reason's failure. What was recorded since the last
 * commit is left to the host's own last commit, together with the end of the run. A step that was running when the run
 * ended has a `step-start` and no `step-end`.
 */
export type RunOutcome =
  | { readonly status: 'succeeded'; readonly output: unknown }
  | { readonly status: 'failed'; readonly error: Failure }
  | { readonly status: 'waiting' };
