import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { runWith } from '#platform/context';
import { LiveBus } from '#platform/events';
import { InjectLogger, type Logger } from '#platform/logging';
import { OrgContext } from '#tenancy';
import { ActiveRuns } from '../active-runs.js';
import type { RunSession } from '../run-session.js';
import { RunStateRepository } from './run-state.repository.js';
import { WAKE_CHANNEL } from './run-waker.js';

/** Brings answers to the runs that this process works on: a message or a heartbeat says that there are some, the rows say which. */
@Injectable()
export class AnswersForActiveRuns implements OnModuleInit, OnModuleDestroy {
  private stopListening: (() => void) | null = null;

  constructor(
    private readonly activeRuns: ActiveRuns,
    private readonly states: RunStateRepository,
    private readonly bus: LiveBus,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.activeRuns.whenBehind = (session) => void this.bring(session);
    this.stopListening = this.bus.subscribe(WAKE_CHANNEL, (executionId) => {
      const session = this.activeRuns.find(executionId);
      if (session) void this.bring(session);
    });
  }

  onModuleDestroy(): void {
    this.stopListening?.();
  }

  /** Whoever publishes may be in a transaction of its own organisation, which is none of ours. */
  private bring(session: RunSession): Promise<void> {
    const { executionId, orgId } = session;
    return runWith({ executionId, orgId: undefined, acrossOrgs: undefined, transaction: undefined }, () =>
      OrgContext.run(orgId, () => this.states.findAnswers(executionId)),
    )
      .then(({ wakes, answers }) => session.wake(wakes, answers))
      .catch((error: unknown) => {
        this.logger.warn({ err: error, executionId }, 'an answer waits for the next heartbeat');
      });
  }
}
