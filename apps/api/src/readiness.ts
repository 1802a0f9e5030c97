import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type ExecutionsQueue, InjectExecutionsQueue } from '#executions';
import { acrossOrgs, OrgDatabase } from '#tenancy';

export type CheckState = 'up' | 'down' | 'degraded';

export interface CheckResult {
  readonly state: CheckState;
  readonly latencyMs: number;
  readonly detail?: string;
}

const DEADLINE_MS = 2_000;

/** Whether this process can do its work. The queue may be away: accepted runs are rows, so that is degraded, not down. */
@Injectable()
export class Readiness {
  private draining = false;

  constructor(
    private readonly database: OrgDatabase,
    @InjectExecutionsQueue() private readonly queue: ExecutionsQueue,
  ) {}

  /** From now on not ready: first step of shutdown. */
  drain(): void {
    this.draining = true;
  }

  async check(): Promise<{ ready: boolean; checks: Readonly<Record<string, CheckResult>> }> {
    const [database, queue] = await Promise.all([
      measured('down', () => acrossOrgs('readiness probe', () => this.database.transaction((manager) => manager.query('SELECT 1')))),
      measured('degraded', () => this.queue.counts()),
    ]);
    const process: CheckResult = this.draining ? { state: 'down', latencyMs: 0, detail: 'shutting down' } : { state: 'up', latencyMs: 0 };
    return { ready: database.state === 'up' && process.state === 'up', checks: { process, database, queue } };
  }
}

async function measured(otherwise: CheckState, work: () => Promise<unknown>): Promise<CheckResult> {
  const begin = performance.now();
  const timeUp = new AbortController();
  const since = (): number => Math.round(performance.now() - begin);
  try {
    const late = sleep(DEADLINE_MS, 'late', { signal: timeUp.signal });
    const answer = work();
    answer.catch(() => undefined);
    if ((await Promise.race([answer, late])) === 'late') return { state: otherwise, latencyMs: since(), detail: 'does not answer in time' };
    return { state: 'up', latencyMs: since() };
  } catch {
    return { state: otherwise, latencyMs: since(), detail: 'does not answer' };
  } finally {
    timeUp.abort();
  }
}
