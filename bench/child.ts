import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process that the bench started, known ready by a line that it printed. */
export interface Child {
  /** What the ready pattern captured. */
  readonly announced: string;
  /** Resident memory in MiB. */
  memoryMiB(): Promise<number>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/** Starts a script of the built tree and waits for the line that matches `ready`. */
export async function startChild(
  script: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  ready: RegExp,
): Promise<Child> {
  const child = spawn(
    process.execPath,
    [...process.execArgv.filter((arg) => arg.startsWith('--cpu-prof')), script, ...args],
    {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const announced = await firstMatch(child, ready);
  child.stdout.resume();
  return { announced, memoryMiB: () => residentMiB(child), stop: () => stop(child) };
}

async function firstMatch(child: ChildProcess & { stdout: NodeJS.ReadableStream }, ready: RegExp): Promise<string> {
  const deadline = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS);
  try {
    for await (const line of createInterface(child.stdout)) {
      const match = ready.exec(line);
      if (match) return match[1] ?? '';
    }
  } finally {
    clearTimeout(deadline);
  }
  throw new Error(`The process ended before it printed ${ready.source}.`);
}

async function residentMiB(child: ChildProcess): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await once(child, 'exit');
  clearTimeout(timer);
}
