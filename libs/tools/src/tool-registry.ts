import {
  type CompiledSchema,
  compileJsonSchema,
  type FoundTool,
  JsonValueError,
  StepError,
  toPlainJson,
} from '#kernel';
import { AppError } from '#platform/errors';
import { forbiddenKeyProblems } from './forbidden-keys.js';
import type { CredentialSource, ToolCredential } from './tool-credential.js';
import type { ToolSource } from './tool-source.js';
import type { Tool, ToolArguments } from './tool.js';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const MAX_RESULT_DEPTH = 90;

/** A call as runs and doors make it. */
export interface ToolRun {
  readonly signal: AbortSignal;
  readonly idempotencyKey: string;
  readonly credentialId?: string;
  /** What people see as the credential's last use. */
  readonly usedBy?: string;
}

export interface RegistrySurroundings {
  readonly credentials?: CredentialSource;
  /** Told of every call when it is over: never its arguments or result, which are the organisation's. */
  readonly onCall?: (call: { readonly tool: string; readonly outcome: string; readonly ms: number }) => void;
}

/**
 * The tools that there are: the built-in ones, then those of the sources. What it runs ends in time and stays within its size, whatever
 * the tool does.
 */
export class ToolRegistry {
  private readonly builtIn = new Map<string, Tool>();
  private readonly sources: ToolSource[] = [];
  private readonly schemas = new WeakMap<Tool, CompiledSchema>();

  /** @throws TypeError when a name is taken or malformed, or a schema is none */
  constructor(
    tools: readonly Tool[],
    private readonly surroundings: RegistrySurroundings = {},
  ) {
    for (const tool of tools) this.add(tool);
  }

  /** From now on its tools are there too; a built-in one of the same name goes first. */
  addSource(source: ToolSource): void {
    this.sources.push(source);
  }

  async list(): Promise<readonly Tool[]> {
    const others = await Promise.all(this.sources.map((source) => source.list()));
    return [...this.builtIn.values(), ...others.flat().filter(({ name }) => !this.builtIn.has(name))];
  }

  /** The tool as it was registered. */
  async get(name: string): Promise<Tool | undefined> {
    const builtIn = this.builtIn.get(name);
    if (builtIn !== undefined) return builtIn;
    for (const source of this.sources) {
      const tool = await source.find(name);
      if (tool !== undefined) return tool;
    }
    return undefined;
  }

  async find(name: string): Promise<FoundTool | undefined> {
    const tool = await this.get(name);
    if (tool === undefined) return undefined;
    const { description, inputSchema, effect, approval } = tool;
    const schema = this.schemaOf(tool);
    const effectOf = (args: ToolArguments): Tool['effect'] => tool.effectOf?.(args) ?? effect;
    return {
      name,
      description,
      inputSchema,
      ...(approval !== undefined && { approval }),
      check: (args) => [...forbiddenKeyProblems(args, '/arguments'), ...schema.check(args, '/arguments')],
      effectOf,
      isRepeatable: (args) => effectOf(args) === 'read' || (tool.isRepeatable?.(args) ?? false),
      maskArguments: (args) => tool.maskArguments?.(args) ?? args,
    };
  }

  /**
   * Runs a tool with arguments that have passed its check.
   *
   * @throws StepError `tool.unknown`, `tool.timeout`, `tool.output_too_large`, `tool.output_invalid`,
   *   `tool.credential_required`, `credential.…`, or the tool's own
   */
  async run(name: string, args: ToolArguments, run: ToolRun): Promise<unknown> {
    const tool = await this.get(name);
    if (tool === undefined) {
      throw new StepError({ code: 'tool.unknown', message: `There is no tool “${name}”.`, retryable: false });
    }
    run.signal.throwIfAborted();
    const startedAt = performance.now();
    const tell = (outcome: string): void =>
      this.surroundings.onCall?.({ tool: name, outcome, ms: Math.round(performance.now() - startedAt) });
    try {
      const result = await this.withinLimits(tool, args, run);
      tell('succeeded');
      return result;
    } catch (error) {
      const told = inKernelWords(error);
      tell(told instanceof StepError ? told.code : run.signal.aborted ? 'aborted' : 'defect');
      throw told;
    }
  }

  private async withinLimits(tool: Tool, args: ToolArguments, run: ToolRun): Promise<unknown> {
    const { signal, idempotencyKey } = run;
    const isWrite = (tool.effectOf?.(args) ?? tool.effect) === 'write';
    const timeLimit = new AbortController();
    const either = AbortSignal.any([signal, timeLimit.signal]);
    const late = new StepError({
      code: 'tool.timeout',
      message: `The tool ${tool.name} did not end within ${tool.timeoutMs} ms.`,
      retryable: true,
      outcomeUnknown: isWrite,
    });
    const timer = setTimeout(() => timeLimit.abort(late), tool.timeoutMs);
    try {
      const result = await endingWith(either, async () => {
        const credential = await this.credentialFor(tool, run);
        return tool.run(args, { signal: either, idempotencyKey, credential });
      });
      return keepable(tool, result);
    } catch (error) {
      // What a tool makes of the abort is of no interest; the reason is.
      if (either.aborted) throw either.reason;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private async credentialFor(
    { name, credential: need }: Tool,
    { credentialId, usedBy = `Tool ${name}` }: ToolRun,
  ): Promise<ToolCredential | null> {
    if (credentialId === undefined) {
      if (need?.required) throw refusal('tool.credential_required', `The tool ${name} needs a ${kindsOf(need.kinds)}.`);
      return null;
    }
    if (need === undefined) throw refusal('tool.takes_no_credential', `The tool ${name} takes no credential.`);
    const credential = await this.surroundings.credentials?.open(credentialId, usedBy);
    if (credential === undefined) throw new Error('This registry has no credentials to give.');
    if (need.kinds.length > 0 && !need.kinds.includes(credential.kind)) {
      throw refusal(
        'credential.wrong_kind',
        `The tool ${name} needs a ${kindsOf(need.kinds)}; the chosen one is of the kind ${credential.kind}.`,
      );
    }
    return credential;
  }

  private add(tool: Tool): void {
    if (!NAME.test(tool.name)) throw new TypeError(`“${tool.name}” is no name for a tool`);
    if (this.builtIn.has(tool.name)) throw new TypeError(`There are two tools with the name “${tool.name}”`);
    this.schemaOf(tool);
    this.builtIn.set(tool.name, tool);
  }

  private schemaOf(tool: Tool): CompiledSchema {
    const known = this.schemas.get(tool);
    if (known !== undefined) return known;
    const result = compileJsonSchema(tool.inputSchema);
    if (!('schema' in result)) {
      throw new TypeError(`The schema of the tool “${tool.name}” is none: ${result.problems[0]?.message}`);
    }
    this.schemas.set(tool, result.schema);
    return result.schema;
  }
}

const refusal = (code: string, message: string): StepError => new StepError({ code, message, retryable: false });

const kindsOf = (kinds: readonly string[]): string => `credential of the kind ${kinds.join(' or ')}`;

/** Refusals of the vault and of the egress door keep their code. */
function inKernelWords(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const { code, message, retryable } = error;
  return new StepError({ code, message, retryable, cause: error });
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
