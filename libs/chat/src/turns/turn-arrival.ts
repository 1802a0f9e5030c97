import type { ChatSettings } from '#agents';
import { Injectable } from '@nestjs/common';
import type { AppError } from '#platform/errors';
import type { Conversation } from '../conversations/conversation.entity.js';
import type { Message } from './message.entity.js';
import { MessagesRepository } from './messages.repository.js';
import { TurnEnds } from './turn-ends.js';
import { TurnOutcomes } from './turn-outcome.js';

interface Refusals {
  busy(active: Message): AppError;
  full(): AppError;
  readonly maxQueued: number;
}

/** What a message meets that comes while others are under way: the strategies of its agent. */
@Injectable()
export class TurnArrival {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly ends: TurnEnds,
    private readonly outcomes: TurnOutcomes,
  ) {}

  /**
   * Inside the lock on the conversation.
   * @returns whether the new turn may begin at once, and the run that had to make room for it
   */
  async makeRoom(
    conversation: Conversation,
    whenBusy: ChatSettings['whenBusy'],
    refusals: Refusals,
  ): Promise<{ isFree: boolean; givenUp: string | null }> {
    const active = await this.ends.settle(conversation);
    const queued = await this.messages.findQueued(conversation.id);
    if (!active && queued.length === 0) return { isFree: true, givenUp: null };
    switch (whenBusy) {
      case 'reject':
        throw refusals.busy(active ?? (queued[0] as Message));
      case 'queue':
        if (queued.length >= refusals.maxQueued) throw refusals.full();
        return { isFree: false, givenUp: null };
      case 'interrupt':
        await this.giveUp(active, queued, 'interrupted');
        break;
      case 'rollback':
        await this.giveUp(active, queued, 'rolled_back');
    }
    return { isFree: true, givenUp: active?.executionId ?? null };
  }

  /** An interrupted turn keeps what was said and shown so far; one that is rolled back is as if it had never been. */
  private async giveUp(
    active: Message | null,
    queued: readonly Message[],
    state: 'interrupted' | 'rolled_back',
  ): Promise<void> {
    for (const message of queued) await this.messages.change(message.id, { state });
    if (!active?.executionId) return;
    const spoken = state === 'interrupted' ? await this.outcomes.spokenSoFar(active.executionId) : null;
    await this.ends.end(active, state, {
      answer: spoken?.text || null,
      error: null,
      simulated: spoken?.simulated ?? false,
    });
  }
}
