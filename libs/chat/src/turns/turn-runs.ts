import { ExecutionsService, PLAIN_SPENDING, type Started } from '#executions';
import { Injectable } from '@nestjs/common';
import { AppError } from '#platform/errors';
import { InjectLogger, type Logger } from '#platform/logging';
import { RollingSummary } from '../window/rolling-summary.js';
import { TurnEnds, type TurnToStart } from './turn-ends.js';
import { TurnInput } from './turn-input.js';

type Mode = 'interactive' | 'background';

/** Starts the runs of turns, and goes on with the conversation when they have ended. */
@Injectable()
export class TurnRuns {
  constructor(
    private readonly executions: ExecutionsService,
    private readonly inputs: TurnInput,
    private readonly ends: TurnEnds,
    private readonly summaries: RollingSummary,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /**
   * The run has the id that was committed with the message, so starting it twice starts it once.
   * @throws AppError what the start was refused with
   */
  async start(turn: TurnToStart, mode: Mode): Promise<Started> {
    const { conversation, message, executionId } = turn;
    const { input, summarise } = await this.inputs.prepare(turn);
    const started = await this.executions.start({
      executionId,
      agentId: conversation.agentId,
      version: conversation.version ?? undefined,
      input,
      metadata: { conversationId: conversation.id, messageId: message.id },
      mode,
      trigger: 'chat',
      createdByUserId: conversation.ownerUserId,
      spending: { ...PLAIN_SPENDING, onBudget: 'fail' },
    });
    // What fails or gets lost here is made good by the task.
    void started.live?.ended.then(
      () => this.goOn(conversation.id, 'interactive'),
      () => undefined,
    );
    if (summarise.turns.length > 0) void this.summaries.write(conversation, summarise);
    return started;
  }

  /** Ends the turn if its run has ended, and begins the next one. Never rejects. */
  async goOn(conversationId: string, mode: Mode): Promise<void> {
    try {
      const next = await this.ends.advance(conversationId);
      if (next) await this.startOrFail(next, mode);
    } catch (error) {
      this.logger.warn({ err: error, conversationId }, 'a conversation could not go on yet; the task will try again');
    }
  }

  /** For a turn that nobody waits for at a door: what the start is refused with is its end. @throws what may pass */
  async startOrFail(turn: TurnToStart, mode: Mode): Promise<void> {
    try {
      await this.start(turn, mode);
    } catch (error) {
      if (!(error instanceof AppError) || error.retryable) throw error;
      await this.ends.fail(turn, { code: error.code, message: error.message });
      await this.goOn(turn.conversation.id, mode);
    }
  }
}
