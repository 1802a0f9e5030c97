import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ThreadFiles, ThreadReply, ThreadTask } from './messages.js';
import { PRELUDE } from './prelude.js';
import { threadMain } from './thread-main.js';

/** For what surrounds QuickJS; what the code itself keeps is counted by QuickJS and not by these. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };

let files: ThreadFiles | undefined;

/** Found once: where packages lie does not change. */
function findFiles(): ThreadFiles {
  if (files !== undefined) return files;
  const quickJs = createRequire(import.meta.url).resolve('quickjs-emscripten');
  const wasm = createRequire(quickJs).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  return (files = { quickJs: pathToFileURL(quickJs).href, wasm, prelude: PRELUDE });
}

/** How a thread's work on a task ended, besides with a reply. */
export class ThreadEnded extends Error {
  constructor(
    readonly why: 'stopped' | 'memory' | 'broken',
    cause?: unknown,
  ) {
    super(`A thread of the sandbox ended while it worked: ${why}`, { cause });
  }
}

/** A thread that runs one task at a time. It keeps the process alive only while it works. */
export class SandboxThread {
  private readonly worker: Worker;
  private current: { resolve(reply: ThreadReply): void; reject(error: ThreadEnded): void } | undefined;
  private hasEnded = false;
  private settleReady: { resolve(): void; reject(error: ThreadEnded): void } | undefined;
  private readonly isReady = new Promise<void>((resolve, reject) => (this.settleReady = { resolve, reject }));

  constructor() {
    this.worker = new Worker(`(${threadMain.toString()})(require('node:worker_threads').workerData)`, {
      eval: true,
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
      workerData: findFiles(),
      resourceLimits: RESOURCE_LIMITS,
    });
    this.worker.stdout.resume();
    this.worker.stderr.resume();
    this.isReady.catch(() => undefined);
    this.worker.on('message', (reply: ThreadReply | 'ready') => {
      this.worker.unref();
      if (reply === 'ready') {
        this.settleReady?.resolve();
        return;
      }
      this.current?.resolve(reply);
      this.current = undefined;
      if (reply.isBroken) void this.stop();
    });
    this.worker.on('error', (error: NodeJS.ErrnoException) =>
      this.close(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'broken', error),
    );
    this.worker.on('exit', () => this.close('broken'));
    this.worker.unref();
  }

  get isUsable(): boolean {
    return !this.hasEnded;
  }

  /**
   * Resolves when the thread can work, which takes a moment the first time.
   *
   * @throws ThreadEnded
   */
  async ready(): Promise<void> {
    this.worker.ref();
    await this.isReady;
  }

  /** @throws ThreadEnded */
  run(task: ThreadTask): Promise<ThreadReply> {
    return new Promise((resolve, reject) => {
      if (this.hasEnded) reject(new ThreadEnded('stopped'));
      this.current = { resolve, reject };
      this.worker.ref();
      this.worker.postMessage(task);
    });
  }

  /** Ends the thread, whatever it is doing; a task that it has been working on rejects. */
  stop(): Promise<number> {
    this.close('stopped');
    return this.worker.terminate();
  }

  private close(why: ThreadEnded['why'], cause?: unknown): void {
    this.hasEnded = true;
    const ended = new ThreadEnded(why, cause);
    this.settleReady?.reject(ended);
    this.current?.reject(ended);
    this.current = undefined;
  }
}
