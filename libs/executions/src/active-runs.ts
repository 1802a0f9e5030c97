import { setTimeout as sleep } from 'node:timers/promises';
import { RunAborted } from '#kernel';
import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { InjectSettings, type Settings } from '#platform/config';
import { LiveBus } from '#platform/events';
import { InjectLogger, type Logger } from '#platform/logging';
import { CANCEL_CHANNEL } from './cancel-channel.js';
import { ExecutionsMetrics } from './executions.metrics.js';
import { RunLostError } from './executions.errors.js';
import { type LeaseHolder, LeasesRepository } from './leases.repository.js';
import type { RunSession } from './run-session.js';

/** Between two heartbeats; what is beyond stays counted. */
const MAX_OUTLIVED = 10_000;

/** The runs that this process owns: keeps their leases alive, hears of cancellations, hands them over at shutdown. */
@Injectable()
export class ActiveRuns implements OnModuleInit, BeforeApplicationShutdown {
  /** Names this process in `execution.lease_owner`. */
  readonly processId = randomUUID();
  private readonly sessions = new Map<string, RunSession>();
  /** Runs that another process has taken from this one, which lives. */
  private outlived: LeaseHolder[] = [];
  private heartbeat: NodeJS.Timeout | null = null;
  private stopListening: (() => void) | null = null;
  private closing = false;
  /** Told of a run whose row has more answers than its attempt has heard of. */
  whenBehind: ((session: RunSession) => void) | null = null;

  constructor(
    private readonly leases: LeasesRepository,
    private readonly bus: LiveBus,
    private readonly metrics: ExecutionsMetrics,
    @InjectSettings() private readonly settings: Settings,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    const beat = (): void => {
      void this.renewLeases().finally(() => {
        if (!this.closing) this.heartbeat = setTimeout(beat, this.settings.executions.leaseMs / 3);
      });
    };
    this.heartbeat = setTimeout(beat, this.settings.executions.leaseMs / 3);
    this.stopListening = this.bus.subscribe(CANCEL_CHANNEL, (executionId) => this.cancel(executionId));
  }

  /** How long a silent process keeps its runs. */
  get leaseMs(): number {
    return this.settings.executions.leaseMs;
  }

  get count(): number {
    return this.sessions.size;
  }

  add(session: RunSession): void {
    this.sessions.set(session.executionId, session);
    this.metrics.active.set(this.sessions.size);
  }

  remove(session: RunSession): void {
    if (this.sessions.get(session.executionId) === session) this.sessions.delete(session.executionId);
    this.metrics.active.set(this.sessions.size);
  }

  /** The run is another attempt's now although this process is alive: with the next heartbeat that is not held against it. */
  lost({ executionId, attempt }: RunSession): void {
    if (!this.closing && this.outlived.length < MAX_OUTLIVED) this.outlived.push({ id: executionId, attempt });
  }

  find(executionId: string): RunSession | undefined {
    return this.sessions.get(executionId);
  }

  /** Stops the run if it is ours. */
  cancel(executionId: string): void {
    this.sessions
      .get(executionId)
      ?.abort(new RunAborted({ code: 'run.cancelled', message: 'The run was cancelled.', retryable: false }));
  }

  /**
   * Lets running work end within the drain limit, then releases the leases of the rest, so that others go on at once.
   * Before everything else goes: runs that end now still need the way out, the bus and whoever waits for their answer.
   */
  async beforeApplicationShutdown(): Promise<void> {
    const giveUpAt = Date.now() + this.settings.executions.drainMs;
    while (this.sessions.size > 0 && Date.now() < giveUpAt) await sleep(20);
    this.closing = true;
    this.stopListening?.();
    if (this.heartbeat) clearTimeout(this.heartbeat);
    const rest = [...this.sessions.values()];
    if (rest.length === 0) return;
    for (const session of rest) session.abort(new RunLostError());
    await this.leases
      .release(rest.map(({ executionId, attempt }) => ({ id: executionId, attempt })))
      .catch((error: unknown) => {
        this.logger.warn({ err: error, runs: rest.length }, 'leases could not be released; they expire by themselves');
      });
    this.logger.info({ runs: rest.length }, 'handed running work over to other processes');
  }

  private async forgiveOutlived(): Promise<void> {
    const outlived = this.outlived.splice(0);
    if (outlived.length === 0) return;
    try {
      await this.leases.forgive(outlived);
    } catch (error) {
      this.logger.warn({ err: error, runs: outlived.length }, 'runs that a slow process lost stay counted as lost');
    }
  }

  private async renewLeases(): Promise<void> {
    await this.forgiveOutlived();
    const held = [...this.sessions.values()].map(({ executionId, attempt }) => ({ id: executionId, attempt }));
    if (held.length === 0) return;
    try {
      const renewed = await this.leases.renew(held, this.settings.executions.leaseMs);
      const byId = new Map(renewed.map((lease) => [lease.id, lease]));
      for (const { id, attempt } of held) {
        const session = this.sessions.get(id);
        if (session?.attempt !== attempt) continue;
        const lease = byId.get(id);
        if (lease?.cancelRequested) this.cancel(id);
        if (lease && lease.wakes > session.seenWakes) this.whenBehind?.(session);
        // A run that has just been accepted or has just ended is not in the answer either: only an older one is lost.
        if (!lease && Date.now() - session.startedAt > this.settings.executions.leaseMs)
          session.abort(new RunLostError());
      }
    } catch (error) {
      this.logger.warn({ err: error, runs: held.length }, 'leases could not be renewed');
    }
  }
}
