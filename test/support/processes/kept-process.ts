import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const EXIT_LIMIT_MS = 15_000;

/**
 * Stands between a test and a foreign program (a store): starts it, says its number on the first line, and kills it when
 * the pipe to the test breaks, so that a test run that is killed leaves nobody behind.
 */
const KEEPER = `
  const { spawn } = require('node:child_process');
  const [options, command, ...args] = process.argv.slice(1);
  const child = spawn(command, args, { ...JSON.parse(options), stdio: ['ignore', 'inherit', 'inherit'] });
  child.on('error', (error) => { console.error(error.message); process.exit(127); });
  child.on('spawn', () => console.log(child.pid));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  process.stdin.on('close', () => child.kill('SIGKILL')).resume();
`;

export interface KeptCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The user to run as, when this process may choose. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** A foreign program that a test started, and everything it said. */
export class KeptProcess {
  private said = '';
  private readonly keeper: ChildProcess;
  private readonly exited: Promise<void>;

  constructor({ command, args, user }: KeptCommand) {
    this.keeper = spawn(process.execPath, ['-e', KEEPER, JSON.stringify(user ?? {}), command, ...args], {
      cwd: '/',
      stdio: 'pipe',
    });
    const keep = (text: string): void => {
      this.said += text;
    };
    this.keeper.stdout?.setEncoding('utf8').on('data', keep);
    this.keeper.stderr?.setEncoding('utf8').on('data', keep);
    this.exited = once(this.keeper, 'close').then(() => undefined);
  }

  get output(): string {
    return this.said;
  }

  get alive(): boolean {
    return this.keeper.exitCode === null && this.keeper.signalCode === null;
  }

  /** Sends a signal to the program itself and waits until it is gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const pid = Number(/^\d+/.exec(this.said)?.[0]);
    if (this.alive && pid > 0) process.kill(pid, signal);
    const late = new AbortController();
    const isLate = await Promise.race([
      this.exited.then(() => false),
      sleep(EXIT_LIMIT_MS, true, { signal: late.signal }).catch(() => false),
    ]);
    late.abort();
    // The keeper's end breaks nothing: its child dies with the pipe.
    if (isLate) this.keeper.stdin?.destroy();
    await this.exited;
  }
}
