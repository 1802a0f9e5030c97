import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** `degraded` is for what the process can do without for a while, `down` for what it cannot. */
export type CheckState = 'up' | 'degraded' | 'down';

export interface CheckResult {
  readonly state: CheckState;
  readonly latencyMs: number;
  readonly detail?: string;
}

export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, CheckResult>>;
}

const DEADLINE_MS = 2_000;

/** Whether this process can do its work, by the checks that its domains registered. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, { otherwise: CheckState; ask: () => Promise<unknown> }>();
  private draining = false;

  /** @param otherwise what it means when `ask` rejects or is late */
  register(name: string, otherwise: 'degraded' | 'down', ask: () => Promise<unknown>): void {
    this.checks.set(name, { otherwise, ask });
  }

  /** From now on not ready: the first step of shutdown. */
  drain(): void {
    this.draining = true;
  }

  async report(): Promise<ReadinessReport> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, await measure(check)] as const),
    );
    const process: CheckResult = {
      state: this.draining ? 'down' : 'up',
      latencyMs: 0,
      ...(this.draining && { detail: 'shutting down' }),
    };
    const checks = { process, ...Object.fromEntries(results) };
    return { ready: Object.values(checks).every(({ state }) => state !== 'down'), checks };
  }
}

async function measure({
  otherwise,
  ask,
}: {
  otherwise: CheckState;
  ask: () => Promise<unknown>;
}): Promise<CheckResult> {
  const begin = performance.now();
  const timeUp = new AbortController();
  const result = (state: CheckState, detail?: string): CheckResult => ({
    state,
    latencyMs: Math.round(performance.now() - begin),
    ...(detail !== undefined && { detail }),
  });
  try {
    const answer = ask().then(() => 'answered');
    answer.catch(() => undefined);
    const first = await Promise.race([answer, sleep(DEADLINE_MS, 'late', { signal: timeUp.signal })]);
    return first === 'late' ? result(otherwise, 'does not answer in time') : result('up');
  } catch {
    return result(otherwise, 'does not answer');
  } finally {
    timeUp.abort();
  }
}
