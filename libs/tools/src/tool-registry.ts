import {
  type CompiledSchema,
  compileJsonSchema,
  type FoundTool,
  JsonValueError,
  StepError,
  toPlainJson,
} from '#kernel';
import type { Tool, ToolArguments, ToolCall } from './tool.js';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const MAX_RESULT_DEPTH = 90;

interface Registered {
  readonly tool: Tool;
  readonly schema: CompiledSchema;
}

/** The tools that there are. What it runs ends in time and stays within its size, whatever the tool does. */
export class ToolRegistry {
  private readonly byName = new Map<string, Registered>();

  /** @throws TypeError when a name is taken or malformed, or a schema is none */
  constructor(tools: readonly Tool[]) {
    for (const tool of tools) this.add(tool);
  }

  list(): readonly Tool[] {
    return [...this.byName.values()].map(({ tool }) => tool);
  }

  find(name: string): FoundTool | undefined {
    const registered = this.byName.get(name);
    if (registered === undefined) return undefined;
    const { tool, schema } = registered;
    const { description, inputSchema, effect } = tool;
    const effectOf = (args: ToolArguments): Tool['effect'] => tool.effectOf?.(args) ?? effect;
    return {
      name,
      description,
      inputSchema,
      check: (args) => schema.check(args, '/arguments'),
      effectOf,
      isRepeatable: (args) => effectOf(args) === 'read' || (tool.isRepeatable?.(args) ?? false),
      maskArguments: (args) => tool.maskArguments?.(args) ?? args,
    };
  }

  /**
   * Runs a tool with arguments that have passed its check.
   *
   * @throws StepError `tool.unknown`, `tool.timeout`, `tool.output_too_large`, `tool.output_invalid`, or the tool's own
   */
  async run(name: string, args: ToolArguments, { signal, idempotencyKey }: ToolCall): Promise<unknown> {
    const tool = this.byName.get(name)?.tool;
    if (tool === undefined) {
      throw new StepError({ code: 'tool.unknown', message: `There is no tool “${name}”.`, retryable: false });
    }
    signal.throwIfAborted();
    const isWrite = (tool.effectOf?.(args) ?? tool.effect) === 'write';
    const timeLimit = new AbortController();
    const either = AbortSignal.any([signal, timeLimit.signal]);
    const late = new StepError({
      code: 'tool.timeout',
      message: `The tool ${name} did not end within ${tool.timeoutMs} ms.`,
      retryable: true,
      outcomeUnknown: isWrite,
    });
    const timer = setTimeout(() => timeLimit.abort(late), tool.timeoutMs);
    try {
      const result = await endingWith(either, () => tool.run(args, { signal: either, idempotencyKey }));
      return keepable(tool, result);
    } catch (error) {
      // What a tool makes of the abort is of no interest; the reason is.
      if (either.aborted) throw either.reason;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private add(tool: Tool): void {
    if (!NAME.test(tool.name)) throw new TypeError(`“${tool.name}” is no name for a tool`);
    if (this.byName.has(tool.name)) throw new TypeError(`There are two tools with the name “${tool.name}”`);
    const result = compileJsonSchema(tool.inputSchema);
    if (!('schema' in result)) {
      throw new TypeError(`The schema of the tool “${tool.name}” is none: ${result.problems[0]?.message}`);
    }
    this.byName.set(tool.name, { tool, schema: result.schema });
  }
}

/** Rejects with the signal's reason even when the work never ends. */
function endingWith(signal: AbortSignal, work: () => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    Promise.resolve()
      .then(work)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}

function keepable(tool: Tool, result: unknown): unknown {
  try {
    return toPlainJson(result, { maxBytes: tool.outputBytes, maxDepth: MAX_RESULT_DEPTH }).value;
  } catch (error) {
    if (!(error instanceof JsonValueError)) throw error;
    const isTooLarge = error.reason === 'too_large';
    throw new StepError({
      code: isTooLarge ? 'tool.output_too_large' : 'tool.output_invalid',
      message: isTooLarge
        ? `The result of ${tool.name} is larger than ${tool.outputBytes} bytes: ask for less.`
        : `The result of ${tool.name} cannot be kept: ${error.message}.`,
      retryable: false,
    });
  }
}
