import { AgentVersions, type ResolvedVersion } from '#agents';
import { validateInput } from '#kernel';
import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { refuseOtherRequest } from '#tenancy';
import { RunLoad } from './dispatch/run-load.js';
import { ExecutionRunner } from './execution-runner.js';
import type { ExecutionDetailRow } from './execution-detail.read-model.js';
import { IdempotencyTakenError, invalidInput, RunLostError } from './executions.errors.js';
import { ExecutionsRepository } from './executions.repository.js';
import { endedRow, queuedRow } from './known-row.js';
import type { TriggerReference } from './journal/journal-entry.js';
import { RunAcceptance } from './run-acceptance.js';
import { conversationVars } from './conversation-vars.js';
import type { RunSpending } from './spending/run-spending.js';

export interface StartCommand {
  /** Minted by whoever must know it before the run is there; starting it twice starts it once. */
  readonly executionId?: string;
  readonly agentId: string;
  /** The latest published version when absent. */
  readonly version?: number;
  readonly input: unknown;
  readonly metadata?: Record<string, unknown>;
  /** `interactive` starts at once in this process, `background` on the queue. */
  readonly mode: 'interactive' | 'background';
  readonly trigger: string;
  readonly triggeredBy?: TriggerReference;
  /** The person at the door when absent; null for a run that nobody asked for, such as a schedule's. */
  readonly createdByUserId?: string | null;
  readonly idempotency?: { readonly key: string; readonly requestHash: string };
  /** Told when the run ends. */
  readonly callbackUrl?: string;
  /** What it may spend on models; nothing of its own when absent. */
  readonly spending?: RunSpending;
}

/** A run that was accepted, now or earlier under the same key. */
export interface Started {
  readonly executionId: string;
  readonly replayed: boolean;
  /** For a run that this call started in this process; null for every other one. */
  readonly live: LiveRun | null;
  /** For a run that this call put on the queue: its row as it was committed. */
  readonly queued?: ExecutionDetailRow;
}

export interface LiveRun {
  /** Resolves with the first commit; rejects when the run could not be committed, that is, was never accepted. */
  readonly accepted: Promise<void>;
  /** Resolves with the finished run, or with null when another process took it over. Rejects as `accepted` does. */
  readonly ended: Promise<ExecutionDetailRow | null>;
}

/** Accepts runs. What happens to them afterwards is the runner's and `ExecutionControl`'s. */
@Injectable()
export class ExecutionsService {
  constructor(
    private readonly agentVersions: AgentVersions,
    private readonly executions: ExecutionsRepository,
    private readonly acceptance: RunAcceptance,
    private readonly runner: ExecutionRunner,
    private readonly load: RunLoad,
  ) {}

  /**
   * When this resolves for a background run, its row is committed. An interactive run has begun; nothing of it can be
   * seen before its first commit.
   * An interactive run starts on the queue instead while too many runs of the organisation are under way.
   * @throws AppError not found · not published · invalid input · key used for something else · too many wait already
   */
  async start(command: StartCommand): Promise<Started> {
    const earlier = await this.findEarlier(command);
    if (earlier) return earlier;
    const target = await this.agentVersions.resolve(command.agentId, command.version);
    const problems = validateInput(target.plan, command.input);
    if (problems.length > 0) throw invalidInput(problems);
    const mode = await this.load.admit(command.mode);
    const admitted = mode === command.mode ? command : { ...command, mode };
    return mode === 'background' ? this.enqueue(admitted, target) : this.run(admitted, target);
  }

  /**
   * Resolves when the run is committed, also an interactive one. Of two that race with one key both get the same run.
   * @throws AppError as {@link start} does
   */
  async startCommitted(command: StartCommand): Promise<Started> {
    const started = await this.start(command);
    try {
      await started.live?.accepted;
      return started;
    } catch (error) {
      return this.earlierInstead(error, command);
    }
  }

  /** The run that was committed first under the command's key, when that is why another never was. @throws error for every other reason */
  async earlierInstead(error: unknown, command: StartCommand): Promise<Started> {
    const earlier = error instanceof IdempotencyTakenError ? await this.findEarlier(command) : null;
    if (!earlier) throw error;
    return earlier;
  }

  /** The earlier run to which the command's key belongs; null when the key is new or absent. */
  async findEarlier({ idempotency }: StartCommand): Promise<Started | null> {
    if (!idempotency) return null;
    const kept = await this.executions.findByIdempotencyKey(idempotency.key);
    if (!kept) return null;
    refuseOtherRequest(kept.requestHash, idempotency.requestHash);
    if (kept.executionId === null) return null;
    return { executionId: kept.executionId, replayed: true, live: null };
  }

  private async enqueue(command: StartCommand, target: ResolvedVersion): Promise<Started> {
    const { executionId = newId() } = command;
    const accept = this.acceptance.row({ ...command, ...target });
    try {
      await this.acceptance.enqueue(executionId, accept);
    } catch (error) {
      // Somebody else has started the run of this id.
      if (command.executionId !== undefined && error instanceof RunLostError)
        return { executionId, replayed: true, live: null };
      return this.earlierInstead(error, command);
    }
    const queued = queuedRow({ id: executionId, accept, command, target });
    return { executionId, replayed: false, live: null, queued };
  }

  private run(command: StartCommand, target: ResolvedVersion): Started {
    const { executionId = newId() } = command;
    const accept = this.acceptance.row({ ...command, ...target });
    const { session, ended } = this.runner.start({
      executionId,
      orgId: accept.orgId,
      agentId: target.agentId,
      version: target.version,
      attempt: 1,
      input: command.input,
      plan: target.plan,
      acceptedAt: accept.createdAt,
      createdByUserId: accept.createdByUserId,
      vars: conversationVars(accept.trigger, command.input),
      spending: accept.spending,
      accept,
    });
    const finished = ended.then((end) => end && endedRow({ id: executionId, accept, command, target }, end));
    // Whoever waits for it hears of a failure; when nobody does, it must not be an unhandled one.
    finished.catch(() => undefined).finally(() => this.load.ended(accept.orgId));
    return { executionId, replayed: false, live: { accepted: session.accepted, ended: finished } };
  }
}
