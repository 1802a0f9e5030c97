import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '#auth';
import { newId } from '#platform/ids';
import { InjectLogger, type Logger } from '#platform/logging';
import { OrgContext } from '#tenancy';
import { ActiveRuns } from './active-runs.js';
import { executionJob, type ExecutionsQueue, InjectExecutionsQueue } from './executions.queue.js';
import type { AcceptedRun, JournalEntry, ParentStep, TriggerReference } from './journal/journal-entry.js';
import { Journal } from './journal/journal.js';
import { jsonText } from './json-text.js';
import { largeText, type PayloadReference } from './payloads/payload.js';
import type { RunSpending } from './spending/run-spending.js';

/** What differs from run to run; the rest is the organisation's, the caller's and the process's. */
export interface RunToAccept {
  readonly agentId: string;
  readonly versionId: string;
  readonly version: number;
  readonly mode: 'interactive' | 'background';
  readonly trigger: string;
  readonly triggeredBy?: TriggerReference;
  /** The person at the door when absent; null for a run that nobody asked for, such as a schedule's. */
  readonly createdByUserId?: string | null;
  readonly input: unknown;
  /** Instead of `input`, for a run that takes over the large one of another run. */
  readonly inputReference?: PayloadReference;
  readonly metadata?: Record<string, unknown> | null;
  readonly retryOf?: string;
  /** The step that starts it, when another run's step does. */
  readonly parent?: ParentStep;
  readonly idempotency?: { readonly key: string; readonly requestHash: string };
  /** Told when the run ends. */
  readonly callbackUrl?: string;
  /** What it may spend on models; nothing of its own when absent. */
  readonly spending?: RunSpending;
}

/** What a retry takes over of the run before it. */
export type EarlierWork = Pick<JournalEntry, 'steps' | 'waits' | 'effects' | 'payloadsOf'>;

/** Turns a start into a row, and for background runs into a knock on the queue: committed first, then announced. */
@Injectable()
export class RunAcceptance {
  constructor(
    private readonly journal: Journal,
    private readonly activeRuns: ActiveRuns,
    @InjectExecutionsQueue() private readonly queue: ExecutionsQueue,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** The row as it will be written; an interactive run takes it along with its first commit. */
  row(run: RunToAccept): AcceptedRun {
    const inputJson = jsonText(run.input ?? null);
    const large = largeText(inputJson);
    const reference = run.inputReference ?? large?.reference;
    return {
      orgId: OrgContext.require(),
      agentId: run.agentId,
      versionId: run.versionId,
      version: run.version,
      mode: run.mode,
      trigger: run.trigger,
      triggeredBy: run.triggeredBy ?? null,
      leaseOwner: run.mode === 'interactive' ? this.activeRuns.processId : null,
      leaseMs: this.activeRuns.leaseMs,
      inputJson: reference ? 'null' : inputJson,
      ...(reference && { large: { input: reference } }),
      ...(large && { inputPayload: large.payload }),
      metadataJson: run.metadata ? jsonText(run.metadata) : null,
      retryOf: run.retryOf ?? null,
      parent: run.parent ?? null,
      createdByUserId: run.createdByUserId === undefined ? currentPrincipal().userId : run.createdByUserId,
      createdAt: Date.now(),
      idempotency: run.idempotency ?? null,
      ...(run.spending && { spending: run.spending }),
      callback: run.callbackUrl === undefined ? null : { id: newId(), url: run.callbackUrl },
    };
  }

  /**
   * Commits a background run, then knocks. A knock that gets lost is made again by the reconciler: the row is the truth.
   * @param earlier what the run starts with, as journal rows
   * @throws IdempotencyTakenError when the key is an earlier run's
   */
  async enqueue(executionId: string, row: AcceptedRun, earlier: Partial<EarlierWork> = {}): Promise<void> {
    await this.journal.write({ executionId, attempt: 0, accept: row, steps: [], logs: [], ...earlier });
    await this.queue.add(executionJob(executionId, row.orgId, 0)).catch((error: unknown) => {
      this.logger.warn(
        { err: error, executionId },
        'run accepted, but the queue does not answer; the reconciler will add it',
      );
    });
  }
}
