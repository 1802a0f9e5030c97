import type { z } from 'zod';
import type { GraphNode } from './graph.js';
import type { Problem } from './problem.js';
import type { LogLevel, Usage } from './run-host.js';
import type { StepServices } from './step-services.js';

/** What expressions and templates can see. */
export interface Scope {
  readonly input: unknown;
  /** Output by node id; only of steps that have finished. */
  readonly steps: Readonly<Record<string, unknown>>;
  readonly vars: Readonly<Record<string, unknown>>;
}

export interface StepContext {
  readonly scope: Scope;
  readonly services: StepServices;
  /** Aborted by the node's timeout or the end of the run. */
  readonly signal: AbortSignal;
  readonly idempotencyKey: string;
  delta(text: string): void;
  log(level: LogLevel, message: string): void;
  /** What the run page shows as this step's input, set before the outside is reached. Mask secrets. */
  showInput(input: unknown): void;
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
   * x-editor one of expression | template | model | json-schema | json | text | number | select | switch | key-values | string-list.
   */
  readonly configSchema: z.ZodType<Config>;
  /** What a newly added node starts with; must satisfy the schema. */
  readonly defaults: Config;
  /** Output ports by which edges may leave, `error` not included. Empty for a kind that ends the run. */
  ports(config: Config): readonly string[];
  /** Set when `ports` gives different answers for different configurations, so that the editor must not cache it. */
  readonly portsDependOnConfig?: true;
  /** The one line of essence that a node shows on the canvas, for example the model or url. */
  summary(config: Config): string;
  /**
   * Every expression and template of the configuration. The validator parses them and follows their references to
   * other steps, so that no kind has to.
   */
  sources?(config: Config): readonly Source[];
  /** What the schema cannot say, for example two cases of a switch with one name. Pointers are relative to the node. */
  check?(config: Config): readonly Problem[];
  /** Only for a kind by which a run enters the graph: prepares the check of its input. */
  acceptInput?(config: Config): InputCheck;
  compile(config: Config, node: GraphNode): CompiledNode;
}
