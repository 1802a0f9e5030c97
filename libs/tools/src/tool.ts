/** Checked against the tool's schema before anyone sees them. */
export type ToolArguments = Readonly<Record<string, unknown>>;

export interface ToolCall {
  /** Aborted by the tool's time limit and by the end of whoever called. */
  readonly signal: AbortSignal;
  /** The same for every attempt at this call, for services that honour one. */
  readonly idempotencyKey: string;
}

/** Something that an agent can do. Failures are thrown as `StepError`, in words that a model can act upon. */
export interface Tool {
  /** Letters, digits, `_` and `-`, at most 64: the narrowest rule among model providers. */
  readonly name: string;
  /** When and why to use it; models choose by this. */
  readonly description: string;
  /** JSON Schema with an object at the root. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** `write`: it may change something outside. */
  readonly effect: 'read' | 'write';
  readonly timeoutMs: number;
  /** JSON bytes of its result. */
  readonly outputBytes: number;
  run(args: ToolArguments, call: ToolCall): unknown;
  /** For a tool that only sometimes writes; `effect` when absent. */
  effectOf?(args: ToolArguments): 'read' | 'write';
  /** Whether the other side bears the same call twice; reading always may be repeated. */
  isRepeatable?(args: ToolArguments): boolean;
  /** The arguments as people may see them; as they are when absent. */
  maskArguments?(args: ToolArguments): unknown;
}
