import { Injectable } from '@nestjs/common';
import { ChatTurns, type ChatMessage, type TakenMessage } from './chat-turns.js';
import { GivenUpRuns } from './given-up-runs.js';
import type { Message } from './message.entity.js';
import { TurnRuns } from './turn-runs.js';

/** A message that was taken in, and its run if this process has it. */
export interface Begun {
  readonly message: Message;
  readonly replayed: boolean;
  readonly live: {
    readonly executionId: string;
    /** Resolves with the run's first commit. */
    readonly accepted: Promise<void>;
    /** Resolves when the run has ended, or another process goes on with it. */
    readonly ended: Promise<unknown>;
  } | null;
}

/** Takes a message in and begins its turn: committed first, then started. */
@Injectable()
export class ChatSessions {
  constructor(
    private readonly chat: ChatTurns,
    private readonly turns: TurnRuns,
    private readonly givenUp: GivenUpRuns,
  ) {}

  /** @throws AppError whatever the message or the start of its run is refused with; then nothing was said */
  async begin(said: ChatMessage): Promise<Begun> {
    const taken = await this.chat.take(said);
    // Not waited for: the new turn must not wait for the end of the one that gives way.
    if (taken.givenUp !== null) void this.givenUp.cancel(taken.givenUp);
    const live = taken.start ? await this.start(taken, taken.start) : null;
    return { message: taken.message, replayed: taken.replayed, live };
  }

  private async start(taken: TakenMessage, turn: NonNullable<TakenMessage['start']>): Promise<Begun['live']> {
    try {
      const { executionId, live } = await this.turns.start(turn, 'interactive');
      return live && { executionId, ...live };
    } catch (error) {
      await this.chat.withdraw(taken);
      throw error;
    }
  }
}
