import { SettingsError } from '../config/index.js';

/** Longer than the drain limit may ever be needed for means that something hangs. */
const EXIT_DEADLINE_MS = 5_000;

/**
 * Runs a process from start to signal. `start` resolves with how to stop. What people can mend is one clear line and exit
 * code 1; what they cannot is a stack.
 */
export function runProcess(start: () => Promise<{ drainMs: number; stop: () => Promise<void> }>): void {
  start().then(
    ({ stop, drainMs }) => {
      let stopping = false;
      const end = (): void => {
        if (stopping) return;
        stopping = true;
        setTimeout(() => process.exit(1), drainMs + EXIT_DEADLINE_MS).unref();
        stop().then(
          () => process.exit(0),
          (error: unknown) => fail(error),
        );
      };
      process.once('SIGINT', end);
      process.once('SIGTERM', end);
    },
    (error: unknown) => fail(error),
  );
}

function fail(error: unknown): never {
  if (error instanceof SettingsError) {
    for (const line of error.lines) process.stderr.write(`AgentFlow cannot start: ${line}\n`);
  } else {
    process.stderr.write(
      `AgentFlow cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  }
  process.exit(1);
}
