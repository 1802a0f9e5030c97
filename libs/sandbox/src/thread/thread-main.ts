import type * as QuickJs from 'quickjs-emscripten';
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten';
import type { CodeLog } from '../code-request.js';
import type { SandboxErrorCode } from '../sandbox-error.js';
import type { ThreadFiles, ThreadReply, ThreadTask } from './messages.js';

/**
 * What a thread of the sandbox does. It is handed over as its own text, so that the built tree and the tests, which run
 * from source, need no file to load it from: nothing outside this function is there when it runs, types excepted.
 */
export async function threadMain(files: ThreadFiles): Promise<void> {
  const FILE = 'code.js';
  const MOST_LOGS = 1_000;
  /** Bytes of stack in QuickJS, well below what the thread has. */
  const STACK_BYTES = 256 * 1024;
  /** So that an error can be read when the memory is used up. */
  const SPARE_BYTES = 1024 * 1024;

  const { parentPort } = await import('node:worker_threads');
  const { readFile } = await import('node:fs/promises');
  const { newQuickJSWASMModuleFromVariant, newVariant, RELEASE_SYNC } = (await import(files.quickJs)) as typeof QuickJs;
  // The compiler knows only what the language has, and Node.js has this too.
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { compile(bytes: Uint8Array): Promise<never> } };
  const wasmModule = await WebAssembly.compile(await readFile(files.wasm));
  const variant = newVariant(RELEASE_SYNC, { wasmModule });

  class Refusal extends Error {
    constructor(
      readonly code: SandboxErrorCode,
      message: string,
      readonly line?: number,
    ) {
      super(message);
    }
  }

  /** One call in an instance of QuickJS that nobody has used before and nobody will use after. */
  class Call {
    readonly logs: CodeLog[] = [];
    private loggedBytes = 0;
    private wasInterrupted = false;
    private readonly deadline: number;
    private readonly runtime;
    private readonly context: QuickJSContext;
    private readonly stringify: QuickJSHandle;
    private readonly describe: QuickJSHandle;

    constructor(
      private readonly quickJs: Awaited<ReturnType<typeof newQuickJSWASMModuleFromVariant>>,
      private readonly task: ThreadTask,
    ) {
      const { cpuMs, memoryBytes } = task.limits;
      this.runtime = quickJs.newRuntime();
      this.runtime.setMemoryLimit(memoryBytes);
      this.runtime.setMaxStackSize(STACK_BYTES);
      this.deadline = performance.now() + cpuMs;
      this.runtime.setInterruptHandler(() => (this.wasInterrupted ||= performance.now() > this.deadline));
      this.context = this.runtime.newContext();
      const say = this.context.newFunction('say', (level, text) =>
        this.keepLog(this.context.getString(level) as CodeLog['level'], this.context.getString(text)),
      );
      const prelude = this.context.unwrapResult(this.context.evalCode(files.prelude, 'prelude.js'));
      const tools = this.context.unwrapResult(this.context.callFunction(prelude, this.context.undefined, say));
      this.stringify = this.context.getProp(tools, 'stringify');
      this.describe = this.context.getProp(tools, 'describe');
    }

    run(): string {
      const { context } = this;
      const input = this.must(
        context.callMethod(context.getProp(context.global, 'JSON'), 'parse', [context.newString(this.task.inputJson)]),
      );
      const main = this.load();
      const value = context.typeof(main) === 'function' ? this.call(main, input) : main;
      return this.jsonOf(this.settled(value));
    }

    /** The function that the source is, or what it exports. A body is tried first: a module may not `return`. */
    private load(): QuickJSHandle {
      const { context } = this;
      const { source } = this.task;
      const asBody = context.evalCode(
        `(async function (input) { ${source}\n;if (typeof main === 'function') return main(input); })`,
        FILE,
        { type: 'global' },
      );
      if (!asBody.error) return asBody.value;
      if (!/\b(?:export|import)\b/.test(source)) throw this.refusal(asBody.error, true);
      const asModule = context.evalCode(source, FILE, { type: 'module' });
      if (asModule.error) throw this.refusal(asModule.error, true);
      const exported = this.settled(asModule.value);
      const byDefault = context.getProp(exported, 'default');
      return context.typeof(byDefault) === 'undefined' ? context.getProp(exported, 'main') : byDefault;
    }

    private call(main: QuickJSHandle, input: QuickJSHandle): QuickJSHandle {
      return this.must(this.context.callFunction(main, this.context.undefined, input));
    }

    /** Lets promises work until this one is settled, or nothing is left that could settle it. */
    private settled(value: QuickJSHandle): QuickJSHandle {
      for (;;) {
        const state = this.context.getPromiseState(value);
        if (state.type === 'rejected') throw this.refusal(state.error);
        if (state.type === 'fulfilled') return state.value;
        const worked = this.runtime.executePendingJobs(1_000);
        if (worked.error) throw this.refusal(worked.error);
        if (worked.value === 0) {
          if (this.wasInterrupted) throw this.outOfTime();
          throw new Refusal(
            'code.threw',
            'The code waits for a promise that nothing will settle: there are no timers and no network here.',
          );
        }
        if (performance.now() > this.deadline) throw this.outOfTime();
      }
    }

    private jsonOf(value: QuickJSHandle): string {
      const { context } = this;
      const { outputBytes } = this.task.limits;
      const json = this.must(context.callFunction(this.stringify, context.undefined, value));
      if (context.typeof(json) !== 'string') return 'null';
      // Asked first: what is too long is not worth the copying.
      const isTooLong = context.getNumber(context.getProp(json, 'length')) > outputBytes;
      const text = isTooLong ? '' : context.getString(json);
      if (isTooLong || Buffer.byteLength(text) > outputBytes) {
        throw new Refusal('code.limit_output', `The code returned more than ${outputBytes} bytes of JSON.`);
      }
      return text;
    }

    private must(result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle {
      if (result.error) throw this.refusal(result.error);
      return result.value;
    }

    private refusal(thrown: QuickJSHandle, isLoading = false): Refusal {
      if (this.wasInterrupted) return this.outOfTime();
      this.runtime.setMemoryLimit(this.task.limits.memoryBytes + SPARE_BYTES);
      const described = this.context.callFunction(this.describe, this.context.undefined, thrown);
      if (described.error) return this.wasInterrupted ? this.outOfTime() : this.outOfMemory();
      const { name, message, stack } = JSON.parse(this.context.getString(described.value)) as Record<string, string>;
      if (message === 'stack overflow' && (name === 'InternalError' || name === 'SyntaxError')) {
        return new Refusal('code.limit_memory', 'The code calls itself too deeply.');
      }
      // QuickJS throws null when not even the error has a place.
      const isNull = this.context.typeof(thrown) === 'object' && name === '' && message === 'null' && stack === '';
      if ((name === 'InternalError' && message === 'out of memory') || (isNull && this.wasFull())) {
        return this.outOfMemory();
      }
      const line = Number(/code\.js:(\d+)/.exec(stack ?? '')?.[1]) || undefined;
      const text = name && name !== 'Error' ? `${name}: ${message}` : (message ?? '');
      if (isLoading && name === 'SyntaxError') return new Refusal('code.syntax', text, line);
      return new Refusal('code.threw', text, line);
    }

    /** WebAssembly's memory only grows, so it still shows what has been let go of since. */
    private wasFull(): boolean {
      const memory = this.quickJs.getWasmMemory() as { readonly buffer: ArrayBuffer };
      return memory.buffer.byteLength > this.task.limits.memoryBytes / 2;
    }

    private outOfTime(): Refusal {
      return new Refusal('code.limit_time', `The code worked for more than ${this.task.limits.cpuMs} ms.`);
    }

    private outOfMemory(): Refusal {
      return new Refusal('code.limit_memory', `The code needed more than ${this.task.limits.memoryBytes} bytes.`);
    }

    private keepLog(level: CodeLog['level'], message: string): void {
      const { logBytes } = this.task.limits;
      if (this.loggedBytes > logBytes || this.logs.length > MOST_LOGS) return;
      this.loggedBytes += Buffer.byteLength(message) + 1;
      const isFull = this.loggedBytes > logBytes || this.logs.length === MOST_LOGS;
      this.logs.push(isFull ? { level: 'warn', message: 'The code said more than is kept.' } : { level, message });
      if (isFull) this.loggedBytes = Infinity;
    }
  }

  async function answer(task: ThreadTask): Promise<ThreadReply> {
    let call: Call | undefined;
    try {
      call = new Call(await newQuickJSWASMModuleFromVariant(variant), task);
      return { valueJson: call.run(), logs: call.logs };
    } catch (error) {
      const logs = call?.logs ?? [];
      if (error instanceof Refusal) {
        const { code, message, line } = error;
        return { error: { code, message, ...(line !== undefined && { line }) }, logs };
      }
      // The stack of the thread or QuickJS itself gave way, which only nesting without end can bring about.
      const message = 'The code nests or grows beyond what the sandbox bears.';
      return { error: { code: 'code.limit_memory', message }, logs, isBroken: true };
    }
  }

  parentPort?.on('message', (task: ThreadTask) => {
    void answer(task).then((reply) => parentPort.postMessage(reply));
  });
  parentPort?.postMessage('ready');
}
