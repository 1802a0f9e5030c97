import { Injectable } from '@nestjs/common';
import { OrgContext } from '#tenancy';
import { GivenUpRuns } from '../turns/given-up-runs.js';
import { TurnRuns } from '../turns/turn-runs.js';
import { OpenTurns } from '../turns/open-turns.js';
import { LeftOverRepository } from './left-over.repository.js';
import { SummaryCollection } from '../window/summary-collection.js';

/** Bounds one round; the next one goes on. */
const ROUND_LIMIT = 100;

/** Its process has had this long to start the run of a turn. */
const UNSTARTED_AFTER_MS = 5_000;

/** One round over the conversations of every organisation. */
@Injectable()
export class ConversationRounds {
  constructor(
    private readonly leftOver: LeftOverRepository,
    private readonly turns: TurnRuns,
    private readonly open: OpenTurns,
    private readonly givenUp: GivenUpRuns,
    private readonly summaries: SummaryCollection,
  ) {}

  /** Public so that a test need not wait for the clock. */
  async round(unstartedAfterMs = UNSTARTED_AFTER_MS): Promise<void> {
    for (const { orgId, conversationId } of await this.leftOver.findToGoOn(ROUND_LIMIT)) {
      await OrgContext.run(orgId, () => this.turns.goOn(conversationId, 'background'));
    }
    for (const { orgId, messageId } of await this.leftOver.findUnstarted(ROUND_LIMIT, unstartedAfterMs)) {
      await OrgContext.run(orgId, async () => {
        const turn = await this.open.find(messageId);
        if (turn) await this.turns.startOrFail(turn, 'background');
      });
    }
    for (const { orgId, executionId } of await this.leftOver.findGivenUp(ROUND_LIMIT)) {
      await OrgContext.run(orgId, () => this.givenUp.cancel(executionId));
    }
    for (const { orgId, conversationId } of await this.leftOver.findSummarised(ROUND_LIMIT)) {
      await OrgContext.run(orgId, () => this.summaries.collect(conversationId));
    }
  }

  async expire(): Promise<void> {
    while ((await this.leftOver.deleteExpired(ROUND_LIMIT)) === ROUND_LIMIT);
  }
}
