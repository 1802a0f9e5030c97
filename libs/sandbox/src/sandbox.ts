import { type CodeLimits, type CodeRequest, type CodeResult, DEFAULT_CODE_LIMITS } from './code-request.js';
import { SandboxError } from './sandbox-error.js';
import type { ThreadReply } from './thread/messages.js';
import { SandboxThread, ThreadEnded } from './thread/sandbox-thread.js';

export interface SandboxOptions {
  /** Threads at most; they are made when they are needed. Default 2. */
  readonly threads?: number;
  /** How long a thread that nobody needs is kept. Default 30 s. */
  readonly idleMs?: number;
}

/** Runs code of strangers, a few at a time; others wait for their turn in the order in which they came. */
export class Sandbox {
  private readonly idle: SandboxThread[] = [];
  private readonly working = new Set<SandboxThread>();
  private readonly waiting: (() => void)[] = [];
  private readonly threads: number;
  private readonly idleMs: number;
  private turnsTaken = 0;
  private isClosed = false;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor({ threads = 2, idleMs = 30_000 }: SandboxOptions = {}) {
    this.threads = threads;
    this.idleMs = idleMs;
  }

  /** @throws SandboxError, or the reason of the signal */
  async runCode(request: CodeRequest): Promise<CodeResult> {
    const { source, input = null, signal } = request;
    const limits = { ...DEFAULT_CODE_LIMITS, ...request.limits };
    const inputJson = JSON.stringify(input);
    await this.turn(signal);
    let thread: SandboxThread | undefined;
    try {
      thread = this.takeThread();
      const reply = await ask(thread, { source, inputJson, limits }, signal);
      if (reply.error) {
        throw new SandboxError(reply.error.code, reply.error.message, reply.error.line, reply.logs);
      }
      return { value: JSON.parse(reply.valueJson ?? 'null') as unknown, logs: reply.logs };
    } finally {
      this.giveBack(thread);
    }
  }

  /** Ends all threads and the code on them; what waits for its turn is refused. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.idleTimer);
    await Promise.all([...this.idle.splice(0), ...this.working].map((thread) => thread.stop()));
  }

  /** @throws the reason of the signal, when it aborts before it is this one's turn */
  private async turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.turnsTaken < this.threads) {
      this.turnsTaken++;
      return;
    }
    // Whoever is done hands its turn over, so nobody who comes later can step in between.
    await new Promise<void>((resolve, reject) => {
      const go = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(go), 1);
        reject(signal?.reason as Error);
      };
      this.waiting.push(go);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  private takeThread(): SandboxThread {
    if (this.isClosed) throw new Error('The sandbox is closed.');
    let thread = this.idle.pop();
    while (thread && !thread.isUsable) thread = this.idle.pop();
    thread ??= new SandboxThread();
    this.working.add(thread);
    return thread;
  }

  private giveBack(thread: SandboxThread | undefined): void {
    if (thread) this.working.delete(thread);
    if (thread?.isUsable) this.idle.push(thread);
    const next = this.waiting.shift();
    if (next) next();
    else this.turnsTaken--;
    clearTimeout(this.idleTimer);
    if (this.isClosed) return;
    this.idleTimer = setTimeout(() => {
      for (const unused of this.idle.splice(0)) void unused.stop();
    }, this.idleMs);
    this.idleTimer.unref();
  }
}

/** The thread's reply, if it comes before time is up and before the signal aborts; otherwise the thread goes. */
async function ask(
  thread: SandboxThread,
  task: { source: string; inputJson: string; limits: CodeLimits },
  signal: AbortSignal | undefined,
): Promise<ThreadReply> {
  signal?.throwIfAborted();
  const stop = (): void => void thread.stop();
  const { wallMs, memoryBytes } = task.limits;
  let timer: NodeJS.Timeout | undefined;
  signal?.addEventListener('abort', stop, { once: true });
  try {
    // The time in which a thread starts is ours and not the code's.
    await thread.ready();
    timer = setTimeout(stop, wallMs);
    return await thread.run(task);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof ThreadEnded)) throw error;
    if (error.why === 'stopped') throw new SandboxError('code.limit_time', `The code did not end within ${wallMs} ms.`);
    if (error.why === 'broken') throw error;
    throw new SandboxError('code.limit_memory', `The code needed more than ${memoryBytes} bytes.`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
