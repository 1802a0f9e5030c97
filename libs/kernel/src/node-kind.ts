import type { z } from 'zod';
import type { GraphNode, RetryPolicy } from './graph.js';
import type { Problem } from './problem.js';
import type { LogLevel, StepRecord, Usage, WaitAnswer, WaitRequest } from './run-host.js';
import type { StepServices } from './step-services.js';

/** What expressions and templates can see. */
export interface Scope {
  readonly input: unknown;
  /** Output by node id; only of steps that have finished. */
  readonly steps: Readonly<Record<string, unknown>>;
  readonly vars: Readonly<Record<string, unknown>>;
}

export interface StepContext {
  /** Address of the step in its run. */
  readonly path: string;
  readonly scope: Scope;
  readonly services: StepServices;
  /** Aborted by the node's timeout or the end of the run. */
  readonly signal: AbortSignal;
  readonly idempotencyKey: string;
  /** Which try of the node this is, from 1. A resumed run counts again. */
  readonly tryNumber: number;
  /** What the step's output may weigh as JSON; a step that gathers much had better stop by itself. */
  readonly maxOutputBytes: number;
  /** The nodes whose edges have led here, in the order of the graph; known only to kinds that join. */
  readonly arrivals: readonly string[];
  /** For a kind with a {@link NodeKind.bodyPort}: where its repetition stands. One object for all its iterations. */
  readonly loop?: LoopState;
  /** Runs a step of its own below this one, recorded like any other, or answers from its record. Never rejects. */
  step(inner: InnerStep): Promise<StepRecord>;
  /**
   * Gives the worker free until the answer is there: in most cases this attempt ends here and a later one, which comes
   * to the same call, gets the answer at once. So nothing before it may be done twice with harm.
   */
  wait(request: WaitRequest): Promise<WaitAnswer>;
  /** Whether the step has asked for this wait before: asking again then gives its answer, or goes on waiting. */
  hasAsked(key: string): boolean;
  /**
   * Acts on the outside world through the effect ledger: what was completed once is answered from there, and what was
   * begun without a known outcome is repeated only if it is `repeatable` or a person says that it did not happen.
   */
  effect<Reply>(effect: Effect, act: () => Promise<Reply>): Promise<Reply>;
  delta(text: string): void;
  log(level: LogLevel, message: string): void;
  /** What the run page shows as this step's input, set before the outside is reached. Mask secrets. */
  showInput(input: unknown): void;
}

export interface LoopState {
  /** The iteration that is to be decided about, from 0. */
  readonly index: number;
  /** All ways of the iteration before have ended without an edge back to the loop, though there are such edges. */
  readonly isBroken: boolean;
}

/** A step that a node makes below its own, for example one item of a map or one model call of an agent. */
export interface InnerStep {
  /** What its path has after the node's own: unique in the node, the same in every attempt. */
  readonly path: string;
  readonly kind: string;
  readonly name?: string;
  readonly effect: 'pure' | 'effectful';
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
  /** What it sees; the node's own scope when absent. */
  readonly scope?: Scope;
  readonly run: CompiledNode;
}

export interface Effect {
  /** Tells several calls of one step apart; ours, never the model's. */
  readonly call: string;
  /** The other side bears to be asked twice: the method is idempotent, or it honours our key. */
  readonly repeatable: boolean;
  /** What a person sees who is asked whether it happened. */
  readonly title: string;
  /** What goes out, secrets masked; its hash is kept with the intent. */
  readonly request: unknown;
}

export interface StepResult {
  readonly output: unknown;
  /** The port to leave by; `out` when absent. */
  readonly port?: string;
  readonly usage?: Usage;
  /** True when the simulated model wrote the output; carried into `step-end`. */
  readonly simulated?: boolean;
}

/** A piece of a node's configuration that is written in one of our two small languages. */
export interface Source {
  /** JSON pointer relative to the node, for example `/config/prompt`. */
  readonly pointer: string;
  readonly language: 'expression' | 'template';
  readonly text: string;
  /** Of a kind with a body: may use the steps of the body, as the iteration before has left them. */
  readonly seesBody?: true;
}

/** A node inside the configuration of another, for example what a map does with each item. */
export interface InnerNode {
  /** JSON pointer relative to the outer node, for example `/config/node`. */
  readonly pointer: string;
  readonly kind: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
}

/** What a kind may ask for while it compiles a node. */
export interface CompileKit {
  /** Makes one of its {@link NodeKind.innerNodes} ready for `context.step`. */
  inner(node: InnerNode): Omit<InnerStep, 'path'>;
}

/** Finds what is wrong with the input of a run. Pointers start with `/input`. */
export type InputCheck = (input: unknown) => readonly Problem[];

/** A node whose configuration has been parsed once, ready to run many times. May answer synchronously. */
export type CompiledNode = (context: StepContext) => StepResult | Promise<StepResult>;

/**
 * One kind of node, one file in `kinds/`. Everything that AgentFlow knows about a kind is here: the editor's form is
 * derived from `configSchema`, validation from it and `check`, durability from `effect`.
 */
export interface NodeKind<Config = unknown> {
  readonly kind: string;
  readonly title: string;
  /** One sentence for the editor's "add node" list. */
  readonly description: string;
  /** lucide icon name. */
  readonly icon: string;
  readonly group: 'flow' | 'model' | 'data' | 'integration';
  /**
   * `pure`: recomputable from recorded inputs, its result rides along with the next commit.
   * `effectful`: reaches outside; everything before it is committed first, its result before anything after it.
   */
  readonly effect: 'pure' | 'effectful';
  /**
   * A strict object. Field metadata for the editor through zod's `.meta({ title, description, 'x-editor': … })` with
   * x-editor one of expression | template | model | json-schema | json | text | number | select | switch | key-values | string-list | credential |
   * node (an inner node: kind, config, retry, timeoutMs).
   */
  readonly configSchema: z.ZodType<Config>;
  /** What a newly added node starts with; must satisfy the schema. */
  readonly defaults: Config;
  /** Output ports by which edges may leave, `error` not included. Empty for a kind that ends the run. */
  ports(config: Config): readonly string[];
  /** Set when `ports` gives different answers for different configurations, so that the editor must not cache it. */
  readonly portsDependOnConfig?: true;
  /**
   * The port by which a kind opens its body: everything that can be reached from there without passing the node again.
   * The body is walked once for each time that the node leaves by this port.
   */
  readonly bodyPort?: string;
  /** For kinds that join: waits for every edge that can still fire, or goes on with the first and gives up the others. */
  joins?(config: Config): 'all' | 'first';
  /** Means nothing without edges of its own, so it cannot be an inner node. */
  readonly needsEdges?: true;
  /** The one line of essence that a node shows on the canvas, for example the model or url. */
  summary(config: Config): string;
  /**
   * Every expression and template of the configuration. The validator parses them and follows their references to
   * other steps, so that no kind has to.
   */
  sources?(config: Config): readonly Source[];
  /** Nodes inside the configuration. They are validated like nodes of the graph and run below this node's step. */
  innerNodes?(config: Config): readonly InnerNode[];
  /** What the schema cannot say, for example two cases of a switch with one name. Pointers are relative to the node. */
  check?(config: Config): readonly Problem[];
  /** Only for a kind by which a run enters the graph: prepares the check of its input. */
  acceptInput?(config: Config): InputCheck;
  compile(config: Config, node: GraphNode, kit: CompileKit): CompiledNode;
}

/** Whether the kind can stand inside the configuration of another node. */
export function mayBeInner(kind: NodeKind): boolean {
  return kind.needsEdges !== true && kind.acceptInput === undefined;
}
