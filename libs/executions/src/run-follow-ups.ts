import { Injectable } from '@nestjs/common';
import { LiveBus } from '#platform/events';
import { executionChannel, orgChannel } from './execution-event.js';
import type { Attempt } from './execution-runner.js';
import type { Written } from './journal/journal-entry.js';
import type { RunEnd } from './run-end.js';
import { RunEnds } from './run-ends.js';
import type { CommittedChunk } from './run-session-options.js';
import { RunFamily } from './run-family.js';
import { PLAIN_SPENDING } from './spending/run-spending.js';
import type { OpenedWait } from './waits/known-wait.js';
import type { SessionWaits } from './waits/session-waits.js';
import { NearTimers } from './waits/near-timers.js';
import { RunWaker } from './waits/run-waker.js';

/** What follows from a commit of a run: watchers, timers, other runs. All of it is made good by somebody when it gets lost here. */
@Injectable()
export class RunFollowUps {
  constructor(
    private readonly bus: LiveBus,
    private readonly timers: NearTimers,
    private readonly family: RunFamily,
    private readonly waker: RunWaker,
    private readonly ends: RunEnds,
  ) {}

  isWatched(executionId: string): boolean {
    return this.bus.isHeardHere(executionChannel(executionId));
  }

  published(orgId: string, { executionId, firstSeq, lastSeq, json, final }: CommittedChunk): void {
    this.bus.publish(executionChannel(executionId), `${firstSeq} ${lastSeq} [${json}]`);
    if (firstSeq === 1 || final) this.bus.publish(orgChannel(orgId), executionId);
  }

  opened(attempt: Attempt, waits: readonly OpenedWait[]): void {
    const { executionId, orgId, depth = 0, createdByUserId = null, spending = PLAIN_SPENDING } = attempt;
    this.timers.watch(executionId, waits);
    for (const { id: waitId, path, runId, run } of waits) {
      if (runId === null || run === null) continue;
      const parent = { executionId, path, depth, createdByUserId, spending };
      void this.family.start({ waitId, runId, orgId, run, parent });
    }
  }

  /** Never rejects. */
  async suspended({ executionId: id, orgId, attempt }: Attempt, waits: SessionWaits, written: Written): Promise<void> {
    if (written === 'requeued') await this.waker.knock({ id, orgId, attempt });
    else {
      this.timers.watch(id, waits.openWaits);
      this.bus.publish(orgChannel(orgId), id);
    }
  }

  /** Model calls that their run cannot write down any more. */
  lateCalls(rows: readonly string[]): void {
    this.ends.lateCalls(rows);
  }

  /** Never rejects. @param hadChildren whether runs were still going on below it */
  ended(attempt: Attempt, end: RunEnd, hadChildren: boolean): Promise<void> {
    return this.ends.announce(attempt, end, hadChildren);
  }
}
