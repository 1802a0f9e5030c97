import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { processEnvironment, projectRoot } from './environment.js';

/** Cold starts on a busy two-core machine take a multiple of what they take on an idle one. */
const START_LIMIT_MS = 90_000;
const EXIT_LIMIT_MS = 30_000;

/**
 * Preloaded by every process under test: it ends when the pipe to its test breaks, so that a test run which is killed
 * leaves nobody behind (Jest's own `process` hears of no exit).
 */
const endWithTest = `data:text/javascript,${encodeURIComponent(
  "process.stdin.on('close', () => process.kill(process.pid, 'SIGKILL')).resume().unref()",
)}`;

export interface ServerCommand {
  /** Built file below `dist`. */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One real AgentFlow process and everything it said. */
export class ServerProcess {
  private readonly child: ChildProcess;
  private readonly exited: Promise<void>;
  private out = '';
  private err = '';

  constructor(private readonly command: ServerCommand) {
    this.child = spawn(process.execPath, ['--import', endWithTest, `dist/${command.entry}`, ...(command.args ?? [])], {
      cwd: projectRoot,
      env: processEnvironment(command.settings),
      stdio: 'pipe',
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.err += text));
    this.exited = once(this.child, 'close').then(() => undefined);
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Its number at the operating system. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  get stdout(): string {
    return this.out;
  }

  get stderr(): string {
    return this.err;
  }

  /** Resolves once the process has said on stdout that it is ready. @throws Error with all it said when it ends or takes too long */
  async ready(): Promise<void> {
    const giveUpAt = Date.now() + START_LIMIT_MS;
    while (!/is ready/.test(this.out)) {
      if (!this.alive) throw new Error(`${this.name} ended before it was ready.\n${this.out}${this.err}`);
      if (Date.now() > giveUpAt) throw new Error(`${this.name} was not ready in time.\n${this.out}${this.err}`);
      await sleep(20);
    }
  }

  /** Waits for an end that comes by itself. */
  async end(withinMs = START_LIMIT_MS): Promise<Exit> {
    const late = new AbortController();
    const timeUp = sleep(withinMs, true, { signal: late.signal }).catch(() => false);
    const isLate = await Promise.race([this.exited.then(() => false), timeUp]);
    late.abort();
    if (isLate) {
      this.child.kill('SIGKILL');
      throw new Error(`${this.name} did not end within ${withinMs} ms.\n${this.out}${this.err}`);
    }
    return { code: this.child.exitCode, signal: this.child.signalCode, stdout: this.out, stderr: this.err };
  }

  /** As a crash or the kernel's OOM killer would end it: no handler runs. */
  async kill9(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.end(EXIT_LIMIT_MS);
  }

  /** Stops it where it stands, as a machine that is starved or put to sleep; its sockets stay open. It can still be killed. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  /** Lets it go on as if nothing had been. */
  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** As an operator or orchestrator ends it. */
  async terminate(): Promise<Exit> {
    this.child.kill('SIGTERM');
    return this.end(EXIT_LIMIT_MS);
  }

  private get name(): string {
    return [this.command.entry, ...(this.command.args ?? [])].join(' ');
  }
}
